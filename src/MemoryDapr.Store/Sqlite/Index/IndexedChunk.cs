namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>A part of an item, linked to the parts before and after it in its session.</summary>
internal struct IndexedChunk(int item, int length, bool isDistilled)
{
    /// <summary>No chunk.</summary>
    public const int None = -1;

    public int Item = item;
    public int Previous = None;
    public int Next = None;

    // The sign tells the kind, so that counting a word's chunks needs no look at their items.
    private readonly int _length = isDistilled ? ~length : length;

    /// <summary>Nothing, unlinked.</summary>
    public static IndexedChunk Dead { get; } = new(None, 0, false);

    /// <summary>Its words.</summary>
    public readonly int Length => _length < 0 ? ~_length : _length;

    /// <summary>Whether it is of an item made of others.</summary>
    public readonly bool IsDistilled => _length < 0;
}
