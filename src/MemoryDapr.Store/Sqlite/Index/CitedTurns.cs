using System.Runtime.InteropServices;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Which turns the distilled items of an index cite, each by the first chunk that it had then, all in two flat arrays.</summary>
internal sealed class CitedTurns
{
    // One more than there are items: where the last one ends.
    private readonly List<int> _starts = [0];
    private readonly List<int> _cited = [];

    public long Bytes => 4L * (_starts.Capacity + _cited.Capacity);

    /// <summary>Adds the turns that an item cites, and answers its place.</summary>
    public int Add(ReadOnlySpan<int> firstChunks)
    {
        _cited.AddRange(firstChunks);
        _starts.Add(_cited.Count);
        return _starts.Count - 2;
    }

    /// <summary>The turns that the item at the place cites.</summary>
    public ReadOnlySpan<int> Of(int place)
    {
        ReadOnlySpan<int> starts = CollectionsMarshal.AsSpan(_starts).Slice(place, 2);
        return CollectionsMarshal.AsSpan(_cited)[starts[0]..starts[1]];
    }

    public void Trim()
    {
        _starts.TrimExcess();
        _cited.TrimExcess();
    }
}
