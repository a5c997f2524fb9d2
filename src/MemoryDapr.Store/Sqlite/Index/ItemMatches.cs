using System.Buffers;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>The items that match, with what their words and vectors are worth: flat arrays by slot, borrowed for one question.</summary>
internal sealed class ItemMatches : IDisposable
{
    private const float Unmatched = -1;

    private readonly float[] _texts;
    private readonly float[] _vectors;
    private readonly int[] _slots;
    private readonly int[] _chunks;

    public ItemMatches(int items)
    {
        _texts = ArrayPool<float>.Shared.Rent(items);
        _vectors = ArrayPool<float>.Shared.Rent(items);
        _slots = ArrayPool<int>.Shared.Rent(items);
        _chunks = ArrayPool<int>.Shared.Rent(items);
        _texts.AsSpan(0, items).Fill(Unmatched);
    }

    public int Count { get; private set; }

    /// <summary>The matching slots, each once.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    public bool Contains(int slot) => _texts[slot] >= 0;

    /// <summary>What its words are worth; 0 without a match.</summary>
    public double TextOf(int slot) => Contains(slot) ? _texts[slot] : 0;

    /// <summary>What its vector is worth; 0 without a match.</summary>
    public double VectorOf(int slot) => Contains(slot) ? _vectors[slot] : 0;

    /// <summary>The chunk whose words match best; none where no word does.</summary>
    public int ChunkOf(int slot) => Contains(slot) ? _chunks[slot] : IndexedChunk.None;

    /// <summary>An item matches as well as the best of its chunks.</summary>
    public void AddText(int slot, int chunk, float score)
    {
        Add(slot);
        if (score > _texts[slot])
        {
            _texts[slot] = score;
            _chunks[slot] = chunk;
        }
    }

    public void AddVector(int slot, float score)
    {
        Add(slot);
        _vectors[slot] = score;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_texts);
        ArrayPool<float>.Shared.Return(_vectors);
        ArrayPool<int>.Shared.Return(_slots);
        ArrayPool<int>.Shared.Return(_chunks);
    }

    private void Add(int slot)
    {
        if (_texts[slot] < 0)
        {
            _texts[slot] = 0;
            _vectors[slot] = 0;
            _chunks[slot] = IndexedChunk.None;
            _slots[Count++] = slot;
        }
    }
}
