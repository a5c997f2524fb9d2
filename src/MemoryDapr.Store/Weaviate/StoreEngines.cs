using MemoryDapr.Store.Collections;
using MemoryDapr.Store.Weaviate;
using MemoryDapr.Stores;

namespace MemoryDapr.Store;

/// <summary>Adds Weaviate, which this program was built with.</summary>
internal static partial class StoreEngines
{
    static partial void AddOthers(Dictionary<StoreKind, Func<IServiceProvider, IMemoryStore>> engines) =>
        engines[StoreKind.Weaviate] = services =>
        {
            TimeProvider time = services.GetRequiredService<TimeProvider>();
#pragma warning disable CA2000 // The store owns the connection from here on.
            var connection = new WeaviateConnection(services.GetRequiredService<StoreOptions>().Weaviate, services.GetRequiredService<ILogger<WeaviateConnection>>(), time);
            return new CollectionStore(new WeaviateCollections(connection), time);
#pragma warning restore CA2000
        };
}
