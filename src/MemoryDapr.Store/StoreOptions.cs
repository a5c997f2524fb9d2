namespace MemoryDapr.Store;

/// <summary>What of memory-store can be set (section <c>Store</c>).</summary>
internal sealed class StoreOptions
{
    /// <summary>
    /// What memories are kept in. Default <see cref="StoreKind.Sqlite"/>. What is in the one is not in the other: to move, export from the one
    /// and import into the other.
    /// </summary>
    public StoreKind Kind { get; set; }

    /// <summary>Where Weaviate is, where it is what memories are kept in.</summary>
    public WeaviateOptions Weaviate { get; set; } = new();

    /// <summary>The folder of memory.db. Default <c>./data</c>. Moving it means moving the files in it, with the app stopped.</summary>
    public string Directory { get; set; } = "data";

    /// <summary>
    /// Bytes of memory that the scopes' indexes may take, at least 1 MiB. Default 512 MiB: about 1,200,000 turns. Less means that scopes
    /// which are not in use are read from the file again, and that a scope which alone is larger is read from the file for every search
    /// (one such search at a time, see memory_store_partial_loads_total).
    /// </summary>
    public long IndexBudgetBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Reads that may be in the file at once, 1–64. Default 4. More helps only where cores and disk are idle.</summary>
    public int Readers { get; set; } = 4;
}
