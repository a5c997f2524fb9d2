using System.Buffers;
using System.Runtime.CompilerServices;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>The items that match, with what their words and vectors are worth: flat arrays by slot, borrowed for one question.</summary>
internal sealed class ItemMatches : IDisposable
{
    private const float Unmatched = -1;

    private readonly bool _byPart;
    private readonly float[] _texts;
    private readonly int[] _slots;
    private readonly int[] _chunks;
    private readonly float[]? _vectors;

    public ItemMatches(int items, bool byPart, bool withVectors)
    {
        _byPart = byPart;
        _texts = ArrayPool<float>.Shared.Rent(items);
        _slots = ArrayPool<int>.Shared.Rent(items + 1);
        _chunks = ArrayPool<int>.Shared.Rent(items);
        _texts.AsSpan(0, items).Fill(Unmatched);
        if (withVectors)
        {
            _vectors = ArrayPool<float>.Shared.Rent(items);
            _vectors.AsSpan(0, items).Clear();
        }
    }

    public int Count { get; private set; }

    /// <summary>The matching slots, each once.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    public bool Contains(int slot) => _texts[slot] != Unmatched;

    /// <summary>What a match's words are worth.</summary>
    public double TextOf(int slot) => _texts[slot];

    /// <summary>What a match's vector is worth.</summary>
    public double VectorOf(int slot) => _vectors is null ? 0 : _vectors[slot];

    /// <summary>What a match is worth without bonuses.</summary>
    public double ScoreOf(int slot) => _vectors is null ? _texts[slot] : (double)_texts[slot] + _vectors[slot];

    /// <summary>The chunk whose words match best; none where no word does, or items are taken as wholes.</summary>
    public int ChunkOf(int slot) => _byPart && Contains(slot) ? _chunks[slot] : IndexedChunk.None;

    /// <summary>Adds the items of chunks that match and pass; an item matches as well as the best of its chunks.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AddTexts(TextScores scores, ReadOnlySpan<IndexedChunk> chunks, ReadOnlySpan<IndexedItem> items, ItemFilter filter)
    {
        ReadOnlySpan<float> chunkScores = scores.Scores;
        Span<float> texts = _texts;
        Span<int> bestChunks = _chunks;
        Span<int> slots = _slots;
        int count = Count;
        foreach (int chunk in scores.Matched)
        {
            int slot = chunks[chunk].Item;
            float score = chunkScores[chunk];
            ref float known = ref texts[slot];
            if (known < score && filter.PassesLiving(slot, items))
            {
                slots[count] = slot;
                count += known < 0 ? 1 : 0;
                known = score;
                bestChunks[slot] = chunk;
            }
        }

        Count = count;
    }

    public void AddVector(int slot, float score)
    {
        if (!Contains(slot))
        {
            _slots[Count++] = slot;
            _texts[slot] = 0;
            _chunks[slot] = IndexedChunk.None;
        }

        _vectors![slot] = score;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_texts);
        ArrayPool<int>.Shared.Return(_slots);
        ArrayPool<int>.Shared.Return(_chunks);
        if (_vectors is not null)
        {
            ArrayPool<float>.Shared.Return(_vectors);
        }
    }
}
