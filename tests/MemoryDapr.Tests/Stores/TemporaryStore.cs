using MemoryDapr.Store;
using MemoryDapr.Store.Sqlite;

namespace MemoryDapr.Tests.Stores;

/// <summary>A SQLite store in a folder of its own, which goes with it.</summary>
internal sealed class TemporaryStore : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memory-store-");

    public TemporaryStore(long indexBudgetBytes = 64 * 1024 * 1024, Action<string>? prepare = null)
    {
        prepare?.Invoke(_folder.FullName);
        Options = new StoreOptions { Directory = _folder.FullName, IndexBudgetBytes = indexBudgetBytes };
        Store = SqliteStore.Open(Options);
    }

    public StoreOptions Options { get; }

    public SqliteStore Store { get; private set; }

    /// <summary>Closes the file and opens it again, as a restart does.</summary>
    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = SqliteStore.Open(Options);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
