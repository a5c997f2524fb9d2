using MemoryDapr.Store.Collections;
using MemoryDapr.Stores;
using MemoryDapr.Tests.Stores;

namespace MemoryDapr.Weaviate.Tests;

public sealed class WeaviateStoreSearchTests : MemoryStoreConformance
{
    private CollectionStore? _store;

    public override ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;

    private protected override async Task<IMemoryStore> OpenAsync() => _store = await WeaviateStores.OpenAsync();
}

public sealed class WeaviateStoreRecordsTests : StoreRecordsConformance
{
    private CollectionStore? _store;

    public override ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;

    private protected override async Task<IMemoryStore> OpenAsync() => _store = await WeaviateStores.OpenAsync();
}

public sealed class WeaviateStoreEdgesTests : StoreEdgesConformance
{
    private CollectionStore? _store;

    public override ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;

    private protected override async Task<IMemoryStore> OpenAsync() => _store = await WeaviateStores.OpenAsync();
}

public sealed class WeaviateStoreDistilledTests : StoreDistilledConformance
{
    private CollectionStore? _store;

    public override ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;

    private protected override async Task<IMemoryStore> OpenAsync() => _store = await WeaviateStores.OpenAsync();
}
