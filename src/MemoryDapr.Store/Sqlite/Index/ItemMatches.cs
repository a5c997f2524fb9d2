using System.Buffers;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>The items that match, with what their words and vectors are worth: flat arrays by slot, borrowed for one question.</summary>
internal sealed class ItemMatches : IDisposable
{
    private const float Unmatched = -1;

    private readonly float[] _texts;
    private readonly int[] _slots;
    private readonly int[] _chunks;
    private readonly float[]? _vectors;

    public ItemMatches(int items, bool withVectors)
    {
        _texts = ArrayPool<float>.Shared.Rent(items);
        _slots = ArrayPool<int>.Shared.Rent(items);
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

    /// <summary>The chunk whose words match best; none where no word does.</summary>
    public int ChunkOf(int slot) => Contains(slot) ? _chunks[slot] : IndexedChunk.None;

    /// <summary>An item matches as well as the best of its chunks.</summary>
    public void AddText(int slot, int chunk, float score)
    {
        ref float known = ref _texts[slot];
        if (known == Unmatched)
        {
            Add(slot);
        }
        else if (score <= known)
        {
            return;
        }

        known = score;
        _chunks[slot] = chunk;
    }

    public void AddVector(int slot, float score)
    {
        if (!Contains(slot))
        {
            Add(slot);
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

    private void Add(int slot) => _slots[Count++] = slot;
}
