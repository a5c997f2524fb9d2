using BenchmarkDotNet.Attributes;
using EmbeddedDapr.Storage;
using MemoryDapr.Store;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Store.Sqlite.Index;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Benchmarks;

/// <summary>One scope: what loading its index costs, ranking it, and a whole search, which reads the winners' texts too.</summary>
[MemoryDiagnoser]
public class IndexBenchmarks
{
    private const int Questions = 64;

    private DirectoryInfo _folder = null!;
    private SqliteStore _store = null!;
    private SqliteSession _session = null!;
    private ScopeIndex _index = null!;
    private SearchPlan[] _plans = [];
    private int _next;

    [Params(100, 600, 100_000)]
    public int Turns { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _folder = Directory.CreateTempSubdirectory("memory-index-");
        var options = new StoreOptions { Directory = _folder.FullName };
#pragma warning disable RS0030 // BenchmarkDotNet waits for no task when it runs benchmarks in this process.
        SyntheticTurns.FillAsync(options, Turns, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore RS0030
        _store = SqliteStore.Open(options);
        _session = SqliteSession.Open(Path.Combine(_folder.FullName, "memory.db"), readOnly: true);
        _index = LoadIndex();
        var turns = new SyntheticTurns(1);
        _plans = [.. Enumerable.Range(0, Questions).Select(_ => turns.Question(SyntheticTurns.ScopeOf(0)))];
    }

    [GlobalCleanup]
    public void Remove()
    {
        _session.Dispose();
#pragma warning disable RS0030 // See above.
        _store.DisposeAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore RS0030
        _folder.Delete(recursive: true);
    }

    [Benchmark]
    public int Load() => LoadIndex().LiveItems;

    [Benchmark]
    public int Rank() => ScopeSearch.Rank(_index, Next()).Candidates;

    [Benchmark]
    public async Task<int> SearchAsync() => (await _store.SearchAsync(Next(), CancellationToken.None)).Candidates;

    private ScopeIndex LoadIndex()
    {
        Scope scope = SyntheticTurns.ScopeOf(0);
        var index = new ScopeIndex(scope.Key);
        using ScopeIndexCache.Room room = new ScopeIndexCache(long.MaxValue).Reserve();
        AnalysisTable.Load(_session, scope, index, room, long.MaxValue);
        return index;
    }

    private SearchPlan Next() => _plans[_next++ % Questions];
}
