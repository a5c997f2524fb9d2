using System.Buffers;
using System.Runtime.CompilerServices;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// How often each chunk of a scope has one word, in its context: its neighbours' counting by their weights, summed here and not in the
/// index, so that one index serves every weight class and a new turn changes nothing of the turns before it.
/// </summary>
internal sealed class ContextCounts : IDisposable
{
    private readonly ScopeIndex _index;
    private readonly ContextWeights _weights;
    private readonly float[] _counts;
    private readonly int[] _reached;
    private readonly int[] _distilled;
    private readonly Posting[] _postings;
    private int _reachedCount;
    private int _distilledCount;

    public ContextCounts(ScopeIndex index, ContextWeights weights)
    {
        _index = index;
        _weights = weights;
        int chunks = index.Chunks.Length;
        _counts = ArrayPool<float>.Shared.Rent(chunks);
        _reached = ArrayPool<int>.Shared.Rent(chunks + 1);
        _distilled = ArrayPool<int>.Shared.Rent(chunks);
        _postings = ArrayPool<Posting>.Shared.Rent(chunks);
        _counts.AsSpan(0, chunks).Clear();
    }

    /// <summary>The chunks that have the word, each once, in the order in which they were found.</summary>
    public ReadOnlySpan<int> Reached => _reached.AsSpan(0, _reachedCount);

    /// <summary>How many of them are of what was said or stored.</summary>
    public int ReachedEvidence { get; private set; }

    /// <summary>By chunk; whoever has read a word's counts clears those of the chunks that it reached.</summary>
    public Span<float> Counts => _counts;

    /// <summary>Counts a term, when the counts of the one before are cleared.</summary>
    public void Read(uint term) => Count(_index.Postings.Of(term, _postings), _index.Chunks, _weights, _counts, _reached);

    /// <summary>What is distilled from a turn has the word, so the turn has it too, by its weight at least.</summary>
    public void PassToCited()
    {
        ReadOnlySpan<IndexedChunk> chunks = _index.Chunks;
        ReadOnlySpan<IndexedItem> items = _index.Items;
        Span<float> counts = _counts;
        Span<int> reached = _reached;
        int found = _reachedCount;
        foreach (int chunk in _distilled.AsSpan(0, _distilledCount))
        {
            ReadOnlySpan<int> turns = _index.Cited.Of(items[chunks[chunk].Item].Citing);
            float weight = DistilledWords.Weight(turns.Length);
            foreach (int turn in turns)
            {
                int first = chunks[turn].IsDead ? _index.Living(turn) : turn;
                if (first != IndexedChunk.None)
                {
                    ref float known = ref counts[first];
                    reached[found] = first;
                    found += known > 0 ? 0 : 1;
                    known = MathF.Max(known, weight);
                }
            }
        }

        _reachedCount = found;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_counts);
        ArrayPool<int>.Shared.Return(_reached);
        ArrayPool<int>.Shared.Return(_distilled);
        ArrayPool<Posting>.Shared.Return(_postings);
    }

    // A word of this chunk is a word before the next one, so it counts there with the weight of what is before. Not inlined, as its
    // variables would not be in registers then.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Count(
        ReadOnlySpan<Posting> postings, ReadOnlySpan<IndexedChunk> chunks, ContextWeights weights, Span<float> counts, Span<int> reached)
    {
        int found = 0;
        int evidence = 0;
        int distilled = 0;
        foreach (Posting posting in postings)
        {
            ref readonly IndexedChunk own = ref chunks[posting.Chunk];
            if (own.IsDead)
            {
                continue;
            }

            int before = found;
            float count = posting.Count;
            found = Add(counts, reached, found, posting.Chunk, count);
            if (own.Next != IndexedChunk.None)
            {
                found = Add(counts, reached, found, own.Next, count * weights.Previous);
                found = Add(counts, reached, found, chunks[own.Next].Next, count * weights.SecondPrevious);
            }

            if (own.Previous != IndexedChunk.None)
            {
                found = Add(counts, reached, found, own.Previous, count * weights.Next);
                found = Add(counts, reached, found, chunks[own.Previous].Previous, count * weights.SecondNext);
            }

            // Neighbours are of one kind.
            if (own.Kind.IsDistilled())
            {
                _distilled[distilled++] = posting.Chunk;
            }
            else
            {
                evidence += found - before;
            }
        }

        (_reachedCount, ReachedEvidence, _distilledCount) = (found, evidence, distilled);
    }

    // Without a branch on whether it is the first: half of them are, in no order that a processor could foresee.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Add(Span<float> counts, Span<int> reached, int found, int chunk, float count)
    {
        if (chunk == IndexedChunk.None || !(count > 0))
        {
            return found;
        }

        ref float known = ref counts[chunk];
        reached[found] = chunk;
        found += known > 0 ? 0 : 1;
        known += count;
        return found;
    }
}
