using System.Runtime.InteropServices;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Which turns the distilled items of an index cite, all in three flat arrays.</summary>
internal sealed class CitedTurns
{
    private readonly List<int> _citing = [];
    private readonly List<int> _starts = [];
    private readonly List<int> _cited = [];

    public long Bytes => 4L * (_citing.Capacity + _starts.Capacity + _cited.Capacity);

    /// <summary>Adds the turns that an item cites; items come in the order of their slots.</summary>
    public void Add(int slot, IEnumerable<int> turns)
    {
        _citing.Add(slot);
        _starts.Add(_cited.Count);
        _cited.AddRange(turns);
    }

    /// <summary>The slots of the turns that the item cites.</summary>
    public ReadOnlySpan<int> Of(int slot)
    {
        int place = _citing.BinarySearch(slot);
        if (place < 0)
        {
            return [];
        }

        int end = place + 1 < _starts.Count ? _starts[place + 1] : _cited.Count;
        return CollectionsMarshal.AsSpan(_cited)[_starts[place]..end];
    }

    public void Trim()
    {
        _citing.TrimExcess();
        _starts.TrimExcess();
        _cited.TrimExcess();
    }
}
