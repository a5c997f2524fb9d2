using MemoryDapr.Store.Collections;
using MemoryDapr.Store.Collections.Chunks;
using MemoryDapr.Stores;

namespace MemoryDapr.Tests.Stores.Collections;

/// <summary>See <see cref="MemoryCollection"/>.</summary>
internal sealed class MemoryCollections : ICollections
{
    public MemoryCollection ChunksInMemory { get; } = new([ChunkProperty.FullContext, ChunkProperty.LightContext]);

    public MemoryCollection RecordsInMemory { get; } = new([]);

    public HashSet<string> Inactive { get; } = [];

    public ICollection Chunks => ChunksInMemory;

    public ICollection Records => RecordsInMemory;

    /// <summary>Called before each write of either collection.</summary>
    public Action BeforeWrite
    {
        set
        {
            ChunksInMemory.BeforeWrite = value;
            RecordsInMemory.BeforeWrite = value;
        }
    }

    /// <summary>Everything in both.</summary>
    public IReadOnlyList<string> Dump() => [.. ChunksInMemory.Dump(), .. RecordsInMemory.Dump()];

    public Task RemoveTenantAsync(string tenant, CancellationToken cancellationToken)
    {
        ChunksInMemory.RemoveTenant(tenant);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListActiveTenantsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. ChunksInMemory.Tenants.Except(Inactive)]);

    public Task DeactivateAsync(IReadOnlyList<string> tenants, CancellationToken cancellationToken)
    {
        Inactive.UnionWith(tenants);
        return Task.CompletedTask;
    }

    public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new StoreHealth("memory", "1", new Dictionary<string, double>()));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
