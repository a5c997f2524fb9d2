using MemoryDapr.Store.Collections;
using MemoryDapr.Stores;
using Weaviate.Client;
using Weaviate.Client.Models;

namespace MemoryDapr.Store.Weaviate;

/// <summary>Collections in Weaviate.</summary>
internal sealed class WeaviateCollections(WeaviateConnection connection) : ICollections
{
    public ICollection Chunks { get; } = new WeaviateCollection(connection, connection.Schema.Chunks);

    public ICollection Records { get; } = new WeaviateCollection(connection, connection.Schema.Records);

    public async Task RemoveTenantAsync(string tenant, CancellationToken cancellationToken) =>
        await (await TenantsAsync(cancellationToken)).Delete(tenant, cancellationToken);

    public async Task<IReadOnlyList<string>> ListActiveTenantsAsync(CancellationToken cancellationToken) =>
        [.. (await (await TenantsAsync(cancellationToken)).List(cancellationToken))
            .Where(tenant => tenant.Status is TenantActivityStatus.Active or TenantActivityStatus.Hot)
            .Select(tenant => tenant.Name)];

    public async Task DeactivateAsync(IReadOnlyList<string> tenants, CancellationToken cancellationToken)
    {
        // One call for all: the client's own method for it makes one for each, all at once.
        Tenant[] inactive = [.. tenants.Select(tenant => new Tenant { Name = tenant, Status = TenantActivityStatus.Inactive })];
        await (await TenantsAsync(cancellationToken)).Update(inactive, cancellationToken);
    }

    public async Task<StoreHealth> CheckAsync(CancellationToken cancellationToken)
    {
        WeaviateClient client = await connection.GetAsync(cancellationToken);
        if (!await client.IsReady(cancellationToken))
        {
            throw new CollectionException("Weaviate is not ready.");
        }

        // Asked again each time: the client remembers the version of its own start.
        Version version = (await client.GetMeta(cancellationToken)).Version;
        WeaviateConnection.EnsureKnown(version);
        return new StoreHealth("Weaviate", version.ToString(), new Dictionary<string, double>());
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    // Tenants belong to the collection itself; not every version of Weaviate finds them by its alias.
    private async Task<TenantsClient> TenantsAsync(CancellationToken cancellationToken) =>
        (await connection.GetAsync(cancellationToken)).Collections.Use(CollectionSchema.Versioned(connection.Schema.Chunks)).Tenants;
}
