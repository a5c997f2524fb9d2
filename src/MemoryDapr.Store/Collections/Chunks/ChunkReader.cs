namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>Reads chunks whole, as they have to be to be written again.</summary>
internal static class ChunkReader
{
    /// <summary>The longest items have a few hundred chunks: so many items stay below what one query can give.</summary>
    private const int ItemsAtOnce = 25;

    private const int ObjectsAtOnce = 500;

    /// <summary>All chunks of items, by item.</summary>
    public static async Task<ILookup<string, StoredObject>> ReadItemsAsync(
        ICollection chunks, string tenant, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<StoredObject>();
        foreach (string[] some in ids.Chunk(ItemsAtOnce))
        {
            found.AddRange(await FindAsync(chunks, tenant, Condition.OneOf(ChunkProperty.Item, some), cancellationToken));
        }

        return found.ToLookup(chunk => chunk.Text(ChunkProperty.Item) ?? "", StringComparer.Ordinal);
    }

    /// <summary>Chunks by their ids.</summary>
    public static async Task<IReadOnlyList<StoredObject>> ReadAsync(
        ICollection chunks, string tenant, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var found = new List<StoredObject>();
        foreach (Guid[] some in ids.Chunk(ObjectsAtOnce))
        {
            found.AddRange(await FindAsync(chunks, tenant, Condition.Ids(some), cancellationToken));
        }

        return found;
    }

    private static Task<IReadOnlyList<StoredObject>> FindAsync(ICollection chunks, string tenant, Condition where, CancellationToken cancellationToken) =>
        chunks.FindAsync(
            new ObjectQuery { Tenant = tenant, Where = where, Properties = ChunkProperty.All, WithVectors = true, Limit = ObjectQuery.MaxLimit },
            cancellationToken);
}
