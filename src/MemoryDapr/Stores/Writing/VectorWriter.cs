namespace MemoryDapr.Stores.Writing;

/// <summary>Stores embeddings of items, unless an item has changed or gone since it was embedded.</summary>
internal sealed class VectorWriter(IMemoryStore store)
{
    public async Task StoreAsync(VectorBatch batch, CancellationToken cancellationToken)
    {
        string[] ids = [.. batch.Items.Select(item => item.Vector.ItemId)];
        Dictionary<string, long> versions = (await store.GetItemsAsync(batch.Scope.Tenant, ids, cancellationToken))
            .Where(item => item.Scope == batch.Scope)
            .ToDictionary(item => item.Id, item => item.Version, StringComparer.Ordinal);
        ItemVector[] vectors =
        [
            .. batch.Items
                .Where(item => versions.TryGetValue(item.Vector.ItemId, out long version) && version == item.Version)
                .Select(item => item.Vector),
        ];
        if (vectors.Length > 0)
        {
            await store.ApplyAsync(new StoreBatch { Scope = batch.Scope, Vectors = vectors }, cancellationToken);
        }
    }
}
