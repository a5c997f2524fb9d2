using System.Runtime.InteropServices;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Which turns the distilled items of an index cite, each by the first chunk that it had then, all in two flat arrays.</summary>
internal sealed class CitedTurns
{
    private readonly List<int> _starts = [];
    private readonly List<int> _cited = [];

    public long Bytes => 4L * (_starts.Capacity + _cited.Capacity);

    /// <summary>What is added from now on is cited by one item, whose place this answers.</summary>
    public int Begin()
    {
        _starts.Add(_cited.Count);
        return _starts.Count - 1;
    }

    public void Add(int firstChunk) => _cited.Add(firstChunk);

    /// <summary>The turns that the item at the place cites.</summary>
    public ReadOnlySpan<int> Of(int place)
    {
        int end = place + 1 < _starts.Count ? _starts[place + 1] : _cited.Count;
        return CollectionsMarshal.AsSpan(_cited)[_starts[place]..end];
    }

    public void Trim()
    {
        _starts.TrimExcess();
        _cited.TrimExcess();
    }
}
