using MemoryDapr.Store.Sqlite;
using MemoryDapr.Stores;

namespace MemoryDapr.Store;

/// <summary>What memories can be kept in, as far as this program was built with it.</summary>
internal static partial class StoreEngines
{
    private static readonly Dictionary<StoreKind, Func<IServiceProvider, IMemoryStore>> All = Make();

    /// <summary>Whether this program can keep memories in it.</summary>
    public static bool IsBuiltIn(StoreKind kind) => All.ContainsKey(kind);

    /// <summary>The store that the options ask for.</summary>
    public static IMemoryStore Open(IServiceProvider services) => All[services.GetRequiredService<StoreOptions>().Kind](services);

    private static Dictionary<StoreKind, Func<IServiceProvider, IMemoryStore>> Make()
    {
        var engines = new Dictionary<StoreKind, Func<IServiceProvider, IMemoryStore>>
        {
            [StoreKind.Sqlite] = services => SqliteStore.Open(services.GetRequiredService<StoreOptions>()),
        };
        AddOthers(engines);
        return engines;
    }

    /// <summary>Written where Weaviate's client is; nothing anywhere else.</summary>
    static partial void AddOthers(Dictionary<StoreKind, Func<IServiceProvider, IMemoryStore>> engines);
}
