using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>The words' score of every chunk of a scope that has one of them, own or near: BM25F.</summary>
internal sealed class TextScores : IDisposable
{
    /// <summary>A chunk that has no word so far; its score stays what it is whatever is added by this.</summary>
    private const float Unmatched = float.PositiveInfinity;

    /// <summary>Of so many chunks a word reaches one at least, if it is cheaper to go through all in order, several at once.</summary>
    private const int RareWord = 16;

    private readonly ScopeIndex _index;
    private readonly ContextWeights _weights;
    private readonly RankingFeatures _features;
    private readonly float[] _meanLengths = new float[TextTotals.Kinds];
    private readonly float[] _scores;
    private readonly float[] _norms;
    private readonly int[] _matched;
    private readonly int _chunkCount;
    private int _matchedCount;

    public TextScores(ScopeIndex index, ContextWeights weights, RankingFeatures features)
    {
        _index = index;
        _weights = weights;
        _features = features;
        for (int kind = 0; kind < _meanLengths.Length; kind++)
        {
            _meanLengths[kind] = index.Totals.MeanLength((MemoryKind)kind, weights);
        }

        _chunkCount = index.Chunks.Length;
        int chunks = _chunkCount;
        _scores = ArrayPool<float>.Shared.Rent(chunks);
        _norms = ArrayPool<float>.Shared.Rent(chunks);
        _matched = ArrayPool<int>.Shared.Rent(chunks + 1);
        _scores.AsSpan(0, chunks).Clear();
        _norms.AsSpan(0, chunks).Fill(Unmatched);
    }

    /// <summary>The chunks that have a score.</summary>
    public ReadOnlySpan<int> Matched => _matched.AsSpan(0, _matchedCount);

    /// <summary>The scores of those, by chunk.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    public void Add(IReadOnlyList<QueryTerm> terms)
    {
        bool byEvidence = Has(RankingFeatures.EvidenceRarity) && _index.Totals.EvidenceChunks > 0;
        int total = byEvidence ? _index.Totals.EvidenceChunks : _index.Totals.Chunks;
        using var counts = new ContextCounts(_index, _weights);
        foreach (QueryTerm term in terms)
        {
            counts.Read(TermHash.Of(term.Term));
            float rarity = Bm25.Rarity(total, byEvidence ? counts.ReachedEvidence : counts.Reached.Length);
            if (Has(RankingFeatures.Distilled))
            {
                counts.PassToCited();
            }

            Match(counts.Reached);
            Score(counts, rarity);
        }
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_scores);
        ArrayPool<float>.Shared.Return(_norms);
        ArrayPool<int>.Shared.Return(_matched);
    }

    private bool Has(RankingFeatures feature) => (_features & feature) != 0;

    private void Match(ReadOnlySpan<int> reached)
    {
        int known = _matchedCount;
        _matchedCount = Note(reached, _norms, _matched, known);
        Measure(_matched.AsSpan(known.._matchedCount), _index.Chunks, _norms);
    }

    // These loops are not inlined, as their variables would not be in registers then.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Note(ReadOnlySpan<int> reached, ReadOnlySpan<float> norms, Span<int> matched, int count)
    {
        foreach (int chunk in reached)
        {
            matched[count] = chunk;
            count += norms[chunk] < Unmatched ? 0 : 1;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Measure(ReadOnlySpan<int> matched, ReadOnlySpan<IndexedChunk> chunks, Span<float> norms)
    {
        ReadOnlySpan<float> meanLengths = _meanLengths;
        ContextWeights weights = _weights;
        foreach (int chunk in matched)
        {
            norms[chunk] = Bm25.Norm(LengthOf(chunks, chunk, weights) / meanLengths[(int)chunks[chunk].Kind]);
        }
    }

    private void Score(ContextCounts words, float rarity)
    {
        Span<float> counts = words.Counts[.._chunkCount];
        if (words.Reached.Length > _chunkCount / RareWord)
        {
            ScoreAll(_scores.AsSpan(0, _chunkCount), counts, _norms.AsSpan(0, _chunkCount), rarity);
            counts.Clear();
        }
        else
        {
            ScoreReached(words.Reached, _scores, counts, _norms, rarity);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ScoreReached(ReadOnlySpan<int> reached, Span<float> scores, Span<float> counts, ReadOnlySpan<float> norms, float rarity)
    {
        foreach (int chunk in reached)
        {
            scores[chunk] += rarity * Bm25.Weight(counts[chunk], norms[chunk]);
            counts[chunk] = 0;
        }
    }

    // The same for every chunk; nothing is added to those that the word does not reach.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ScoreAll(Span<float> scores, ReadOnlySpan<float> counts, ReadOnlySpan<float> norms, float rarity)
    {
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(scores);
        ReadOnlySpan<Vector<float>> counted = MemoryMarshal.Cast<float, Vector<float>>(counts);
        ReadOnlySpan<Vector<float>> normed = MemoryMarshal.Cast<float, Vector<float>>(norms);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += rarity * Bm25.Weight(counted[i], normed[i]);
        }

        for (int i = sums.Length * Vector<float>.Count; i < scores.Length; i++)
        {
            scores[i] += rarity * Bm25.Weight(counts[i], norms[i]);
        }
    }

    // In words, a neighbour's counting as much as its terms do.
    private static float LengthOf(ReadOnlySpan<IndexedChunk> chunks, int chunk, in ContextWeights weights)
    {
        ref readonly IndexedChunk own = ref chunks[chunk];
        float length = own.Length;
        if (own.Previous != IndexedChunk.None)
        {
            length += weights.Previous * chunks[own.Previous].Length;
            int second = chunks[own.Previous].Previous;
            length += second == IndexedChunk.None ? 0 : weights.SecondPrevious * chunks[second].Length;
        }

        if (own.Next != IndexedChunk.None)
        {
            length += weights.Next * chunks[own.Next].Length;
            int second = chunks[own.Next].Next;
            length += second == IndexedChunk.None ? 0 : weights.SecondNext * chunks[second].Length;
        }

        return length;
    }
}
