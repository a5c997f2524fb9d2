using MemoryDapr.Stores;

namespace MemoryDapr.Store.Collections;

/// <summary>The collections that memories are kept in.</summary>
internal interface ICollections : IAsyncDisposable
{
    /// <summary>Chunks of items, one tenant for each scope, named by the scope's key.</summary>
    ICollection Chunks { get; }

    /// <summary>Everything that is not ranked: sessions, pipelines, erasures and the like, of all scopes.</summary>
    ICollection Records { get; }

    /// <summary>Removes a tenant of the chunks with all it has; nothing happens where it is unknown.</summary>
    Task RemoveTenantAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>The tenants of the chunks that are held in memory.</summary>
    Task<IReadOnlyList<string>> ListActiveTenantsAsync(CancellationToken cancellationToken);

    /// <summary>Takes tenants of the chunks out of memory; the next call for one brings it back.</summary>
    Task DeactivateAsync(IReadOnlyList<string> tenants, CancellationToken cancellationToken);

    /// <summary>What the database is and whether it works; throws when it does not.</summary>
    Task<StoreHealth> CheckAsync(CancellationToken cancellationToken);
}
