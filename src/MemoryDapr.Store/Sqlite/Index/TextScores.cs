using System.Buffers;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>The words' score of every chunk of a scope that has one of them, own or near: BM25F.</summary>
internal sealed class TextScores : IDisposable
{
    private readonly ScopeIndex _index;
    private readonly ContextWeights _weights;
    private readonly RankingFeatures _features;
    private readonly float[] _meanLengths = new float[TextTotals.Kinds];
    private readonly float[] _scores;
    private readonly float[] _norms;
    private readonly int[] _matched;
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

        int chunks = index.Chunks.Length;
        _scores = ArrayPool<float>.Shared.Rent(chunks);
        _norms = ArrayPool<float>.Shared.Rent(chunks);
        _matched = ArrayPool<int>.Shared.Rent(chunks + 1);
        _norms.AsSpan(0, chunks).Clear();
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
        ReadOnlySpan<IndexedChunk> chunks = _index.Chunks;
        Span<float> norms = _norms;
        Span<int> matched = _matched;
        int known = _matchedCount;
        int count = known;
        foreach (int chunk in reached)
        {
            matched[count] = chunk;
            count += norms[chunk] == 0 ? 1 : 0;
        }

        foreach (int chunk in matched[known..count])
        {
            // Never 0: what matches has a word, its own or a neighbour's.
            norms[chunk] = Bm25.Norm(LengthOf(chunks, chunk) / _meanLengths[(int)chunks[chunk].Kind]);
            _scores[chunk] = 0;
        }

        _matchedCount = count;
    }

    private void Score(ContextCounts words, float rarity)
    {
        Span<float> counts = words.Counts;
        Span<float> scores = _scores;
        ReadOnlySpan<float> norms = _norms;
        foreach (int chunk in words.Reached)
        {
            scores[chunk] += rarity * Bm25.Weight(counts[chunk], norms[chunk]);
            counts[chunk] = 0;
        }
    }

    // In words, a neighbour's counting as much as its terms do.
    private float LengthOf(ReadOnlySpan<IndexedChunk> chunks, int chunk)
    {
        ref readonly IndexedChunk own = ref chunks[chunk];
        float length = own.Length;
        if (own.Previous != IndexedChunk.None)
        {
            length += _weights.Previous * chunks[own.Previous].Length;
            int second = chunks[own.Previous].Previous;
            length += second == IndexedChunk.None ? 0 : _weights.SecondPrevious * chunks[second].Length;
        }

        if (own.Next != IndexedChunk.None)
        {
            length += _weights.Next * chunks[own.Next].Length;
            int second = chunks[own.Next].Next;
            length += second == IndexedChunk.None ? 0 : _weights.SecondNext * chunks[second].Length;
        }

        return length;
    }
}
