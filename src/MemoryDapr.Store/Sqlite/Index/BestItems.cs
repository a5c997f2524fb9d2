namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// The best of the items offered. Of equal scores the earlier said comes first, then the lower ordinal, then the lower id, so that
/// equal calls get equal answers.
/// </summary>
internal sealed class BestItems(ScopeIndex index, int capacity)
{
    private readonly PriorityQueue<int, (double Score, int Slot)> _heap = new(capacity + 1, new WorstFirst(index));
    private readonly WorstFirst _order = new(index);

    public bool IsFull => _heap.Count >= capacity;

    /// <summary>What a score must reach to be among them.</summary>
    public double Threshold => IsFull && _heap.TryPeek(out _, out (double Score, int Slot) worst) ? worst.Score : double.NegativeInfinity;

    public void Offer(int slot, double score)
    {
        if (_heap.Count < capacity)
        {
            _heap.Enqueue(slot, (score, slot));
        }
        else if (_heap.TryPeek(out _, out (double Score, int Slot) worst) && _order.Compare((score, slot), worst) > 0)
        {
            _heap.DequeueEnqueue(slot, (score, slot));
        }
    }

    /// <summary>The best, best first.</summary>
    public ReadOnlySpan<(int Slot, double Score)> Take()
    {
        var items = new (int Slot, double Score)[_heap.Count];
        for (int i = items.Length - 1; i >= 0 && _heap.TryDequeue(out int slot, out (double Score, int Slot) rank); i--)
        {
            items[i] = (slot, rank.Score);
        }

        return items;
    }

    private sealed class WorstFirst(ScopeIndex index) : IComparer<(double Score, int Slot)>
    {
        public int Compare((double Score, int Slot) x, (double Score, int Slot) y)
        {
            int score = x.Score.CompareTo(y.Score);
            if (score != 0)
            {
                return score;
            }

            ref readonly IndexedItem left = ref index.Items[x.Slot];
            ref readonly IndexedItem right = ref index.Items[y.Slot];
            int at = right.AtTicks.CompareTo(left.AtTicks);
            int ordinal = at != 0 ? at : right.Ordinal.CompareTo(left.Ordinal);
            return ordinal != 0 ? ordinal : right.Key.CompareTo(left.Key);
        }
    }
}
