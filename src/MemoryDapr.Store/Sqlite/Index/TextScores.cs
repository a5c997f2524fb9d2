using System.Buffers;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// The words' score of every chunk of a scope that has one of them, own or near: BM25F, with the neighbours' counts summed here and
/// not in the index, so that one index serves every weight class and a new turn changes nothing of the turns before it.
/// </summary>
internal sealed class TextScores : IDisposable
{
    private readonly ScopeIndex _index;
    private readonly ContextWeights _weights;
    private readonly RankingFeatures _features;
    private readonly float[] _meanLengths;
    private readonly float[] _scores;
    private readonly float[] _lengths;
    private readonly float[] _counts;
    private readonly int[] _touched;
    private readonly int[] _matched;
    private readonly int[] _distilled;
    private int _matchedCount;

    public TextScores(ScopeIndex index, ContextWeights weights, RankingFeatures features)
    {
        _index = index;
        _weights = weights;
        _features = features;
        _meanLengths = [.. Enum.GetValues<MemoryKind>().Select(kind => index.Totals.MeanLength(kind, weights))];
        int chunks = index.Chunks.Length;
        _scores = ArrayPool<float>.Shared.Rent(chunks);
        _lengths = ArrayPool<float>.Shared.Rent(chunks);
        _counts = ArrayPool<float>.Shared.Rent(chunks);
        _touched = ArrayPool<int>.Shared.Rent(chunks);
        _matched = ArrayPool<int>.Shared.Rent(chunks);
        _distilled = ArrayPool<int>.Shared.Rent(chunks);
        _lengths.AsSpan(0, chunks).Clear();
        _counts.AsSpan(0, chunks).Clear();
    }

    /// <summary>The chunks that have a score.</summary>
    public ReadOnlySpan<int> Matched => _matched.AsSpan(0, _matchedCount);

    /// <summary>A matched chunk's score.</summary>
    public float this[int chunk] => _scores[chunk];

    public void Add(IReadOnlyList<QueryTerm> terms)
    {
        ReadOnlySpan<IndexedChunk> chunks = _index.Chunks;
        ReadOnlySpan<IndexedItem> items = _index.Items;
        bool byEvidence = Has(RankingFeatures.EvidenceRarity) && _index.Totals.EvidenceChunks > 0;
        int total = byEvidence ? _index.Totals.EvidenceChunks : _index.Totals.Chunks;
        foreach (QueryTerm term in terms)
        {
            var counter = new Counter(chunks, _counts, _touched, _distilled, _weights);
            _index.Postings.Read(TermHash.Of(term.Term), ref counter);
            float rarity = Bm25.Rarity(total, byEvidence ? counter.TouchedEvidence : counter.Touched);
            int touched = Has(RankingFeatures.Distilled) ? PassToCited(counter.Touched, counter.Distilled) : counter.Touched;
            foreach (int chunk in _touched.AsSpan(0, touched))
            {
                if (_lengths[chunk] == 0)
                {
                    _matched[_matchedCount++] = chunk;
                    _lengths[chunk] = LengthOf(chunks, chunk) / _meanLengths[(int)items[chunks[chunk].Item].Kind];
                    _scores[chunk] = 0;
                }

                _scores[chunk] += rarity * Bm25.Weight(_counts[chunk], _lengths[chunk]);
                _counts[chunk] = 0;
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_scores);
        ArrayPool<float>.Shared.Return(_lengths);
        ArrayPool<float>.Shared.Return(_counts);
        ArrayPool<int>.Shared.Return(_touched);
        ArrayPool<int>.Shared.Return(_matched);
        ArrayPool<int>.Shared.Return(_distilled);
    }

    private bool Has(RankingFeatures feature) => (_features & feature) != 0;

    // What is distilled from a turn has the word, so the turn has it too, by its weight at least.
    private int PassToCited(int touched, int distilled)
    {
        foreach (int chunk in _distilled.AsSpan(0, distilled))
        {
            ReadOnlySpan<int> turns = _index.Cited.Of(_index.Chunks[chunk].Item);
            float weight = DistilledWords.Weight(turns.Length);
            foreach (int turn in turns)
            {
                int first = _index.FirstChunkOfTurn(turn);
                if (first == IndexedChunk.None || _counts[first] >= weight)
                {
                    continue;
                }

                if (_counts[first] == 0)
                {
                    _touched[touched++] = first;
                }

                _counts[first] = weight;
            }
        }

        return touched;
    }

    // In words, a neighbour's counting as much as its terms do. Never 0: what matches has a word, its own or a neighbour's.
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

    // A word of this chunk is a word before the next one, so it counts there with the weight of what is before.
    private ref struct Counter(ReadOnlySpan<IndexedChunk> chunks, float[] counts, int[] touched, int[] distilled, ContextWeights weights)
        : IPostingReader
    {
        private readonly ReadOnlySpan<IndexedChunk> _chunks = chunks;

        public int Touched { get; private set; }

        public int TouchedEvidence { get; private set; }

        public int Distilled { get; private set; }

        public void Read(int chunk, int count)
        {
            ref readonly IndexedChunk own = ref _chunks[chunk];
            if (own.Item == IndexedChunk.None)
            {
                return;
            }

            if (own.IsDistilled)
            {
                distilled[Distilled++] = chunk;
            }

            Add(chunk, count);
            if (own.Next != IndexedChunk.None)
            {
                Add(own.Next, count * weights.Previous);
                Add(_chunks[own.Next].Next, count * weights.SecondPrevious);
            }

            if (own.Previous != IndexedChunk.None)
            {
                Add(own.Previous, count * weights.Next);
                Add(_chunks[own.Previous].Previous, count * weights.SecondNext);
            }
        }

        private void Add(int chunk, float count)
        {
            if (chunk == IndexedChunk.None || count == 0)
            {
                return;
            }

            if (counts[chunk] == 0)
            {
                touched[Touched++] = chunk;
                TouchedEvidence += _chunks[chunk].IsDistilled ? 0 : 1;
            }

            counts[chunk] += count;
        }
    }
}
