namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// The best of the items offered, in order. Of equal scores the earlier said comes first, then the lower ordinal, then the lower id, so
/// that equal calls get equal answers.
/// </summary>
internal sealed class BestItems(ScopeIndex index, int capacity)
{
    private readonly (int Slot, double Score)[] _items = new (int, double)[capacity];
    private int _count;

    public bool IsFull => _count == _items.Length;

    /// <summary>What a score must reach to be among them.</summary>
    public double Threshold { get; private set; } = double.NegativeInfinity;

    /// <summary>Those so far, best first.</summary>
    public ReadOnlySpan<(int Slot, double Score)> Items => _items.AsSpan(0, _count);

    public void Offer(int slot, double score)
    {
        if (score < Threshold || (IsFull && !IsBetter(slot, score, _items[^1])))
        {
            return;
        }

        // They are few and most that come late stay near the end, so moving those behind is cheaper than a heap.
        int place = IsFull ? _count - 1 : _count++;
        for (; place > 0 && IsBetter(slot, score, _items[place - 1]); place--)
        {
            _items[place] = _items[place - 1];
        }

        _items[place] = (slot, score);
        Threshold = IsFull ? _items[^1].Score : double.NegativeInfinity;
    }

    private bool IsBetter(int slot, double score, (int Slot, double Score) other) =>
        score > other.Score || (score == other.Score && IsEarlier(index.Items[slot], index.Items[other.Slot]));

    private static bool IsEarlier(in IndexedItem item, in IndexedItem other)
    {
        int at = item.AtTicks.CompareTo(other.AtTicks);
        int ordinal = at != 0 ? at : item.Ordinal.CompareTo(other.Ordinal);
        return (ordinal != 0 ? ordinal : item.Key.CompareTo(other.Key)) < 0;
    }
}
