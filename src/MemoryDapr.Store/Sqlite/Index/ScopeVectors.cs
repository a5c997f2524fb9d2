namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>The embeddings of a scope's items, in pages.</summary>
internal sealed class ScopeVectors
{
    private readonly List<VectorPage> _pages = [];
    private readonly Dictionary<int, (int Page, int Place)> _places = [];

    public int Count => _places.Count;

    public long Bytes => _pages.Count == 0 ? 0 : _pages.Sum(page => page.Bytes) + (28L * _places.EnsureCapacity(0));

    public void Set(int slot, ReadOnlySpan<float> vector)
    {
        Remove(slot);
        if (vector.IsEmpty)
        {
            return;
        }

        if (_pages.Count == 0 || _pages[^1].IsFull || _pages[^1].Length != vector.Length)
        {
            _pages.Add(new VectorPage(vector.Length));
        }

        _places.Add(slot, (_pages.Count - 1, _pages[^1].Count));
        _pages[^1].Add(slot, vector);
    }

    public void Remove(int slot)
    {
        if (_places.Remove(slot, out (int Page, int Place) at) && _pages[at.Page].Remove(at.Place) is var moved && moved != slot)
        {
            _places[moved] = at;
        }
    }

    /// <summary>The cosine of every embedding with the question's, and whose it is.</summary>
    public void Cosines(ReadOnlySpan<float> query, Span<int> slots, Span<float> cosines)
    {
        foreach (VectorPage page in _pages)
        {
            page.Slots.CopyTo(slots);
            page.Cosines(query, cosines);
            slots = slots[page.Count..];
            cosines = cosines[page.Count..];
        }
    }
}
