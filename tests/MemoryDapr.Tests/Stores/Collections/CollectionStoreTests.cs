using MemoryDapr.Store.Collections;
using MemoryDapr.Stores;

namespace MemoryDapr.Tests.Stores.Collections;

public sealed class CollectionStoreSearchTests : MemoryStoreConformance
{
    private CollectionStore? _store;

    public override ValueTask DisposeAsync() => _store!.DisposeAsync();

    private protected override Task<IMemoryStore> OpenAsync() =>
        Task.FromResult<IMemoryStore>(_store = new CollectionStore(new MemoryCollections(), TimeProvider.System));
}

public sealed class CollectionStoreRecordsTests : StoreRecordsConformance
{
    private CollectionStore? _store;

    public override ValueTask DisposeAsync() => _store!.DisposeAsync();

    private protected override Task<IMemoryStore> OpenAsync() =>
        Task.FromResult<IMemoryStore>(_store = new CollectionStore(new MemoryCollections(), TimeProvider.System));
}

public sealed class CollectionStoreEdgesTests : StoreEdgesConformance
{
    private CollectionStore? _store;

    public override ValueTask DisposeAsync() => _store!.DisposeAsync();

    private protected override Task<IMemoryStore> OpenAsync() =>
        Task.FromResult<IMemoryStore>(_store = new CollectionStore(new MemoryCollections(), TimeProvider.System));
}

public sealed class CollectionStoreDistilledTests : StoreDistilledConformance
{
    private CollectionStore? _store;

    public override ValueTask DisposeAsync() => _store!.DisposeAsync();

    private protected override Task<IMemoryStore> OpenAsync() =>
        Task.FromResult<IMemoryStore>(_store = new CollectionStore(new MemoryCollections(), TimeProvider.System));
}
