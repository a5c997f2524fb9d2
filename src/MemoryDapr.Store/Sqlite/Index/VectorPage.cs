using MemoryDapr.Recall.Ranking;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Some embeddings of one length, side by side, so that comparing a question's with all of them reads memory in one direction.</summary>
internal sealed class VectorPage(int length)
{
    /// <summary>64 KiB: not so much that it would be an object that the collector does not move.</summary>
    private const int MostFloats = 16 * 1024;

    private readonly int _capacity = Math.Max(1, MostFloats / length);
    private float[] _values = [];
    private int[] _slots = [];

    /// <summary>Floats in each embedding.</summary>
    public int Length { get; } = length;

    public int Count { get; private set; }

    public bool IsFull => Count == _capacity;

    public long Bytes => 120 + (4L * _values.Length) + (4L * _slots.Length);

    /// <summary>Whose they are.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    public void Add(int slot, ReadOnlySpan<float> vector)
    {
        if (Count == _slots.Length)
        {
            int room = Math.Min(_capacity, Math.Max(1, 2 * Count));
            Array.Resize(ref _slots, room);
            Array.Resize(ref _values, room * Length);
        }

        Set(Count++, slot, vector);
    }

    /// <summary>Takes one out, moves the last into its place and answers whose that is.</summary>
    public int Remove(int place)
    {
        int last = --Count;
        Set(place, _slots[last], _values.AsSpan(last * Length, Length));
        return _slots[place];
    }

    /// <summary>The cosine with each; 0 with those of another length, which are of another model.</summary>
    public void Cosines(ReadOnlySpan<float> query, Span<float> cosines)
    {
        for (int place = 0; place < Count; place++)
        {
            cosines[place] = VectorFusion.Cosine(query, _values.AsSpan(place * Length, Length));
        }
    }

    private void Set(int place, int slot, ReadOnlySpan<float> vector)
    {
        _slots[place] = slot;
        vector.CopyTo(_values.AsSpan(place * Length));
    }
}
