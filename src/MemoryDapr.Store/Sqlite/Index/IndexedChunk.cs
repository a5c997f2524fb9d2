namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>A part of an item, linked to the parts before and after it in its session.</summary>
internal struct IndexedChunk
{
    /// <summary>No chunk.</summary>
    public const int None = -1;

    public int Item;
    public int Previous;
    public int Next;
    public int Length;
}
