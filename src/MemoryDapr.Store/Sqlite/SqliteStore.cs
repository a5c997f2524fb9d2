using System.Diagnostics;
using EmbeddedDapr.Storage;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Store.Sqlite.Index;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;
using static MemoryDapr.Store.StoreLimits;

namespace MemoryDapr.Store.Sqlite;

/// <summary>
/// Memories in a SQLite file, which is the truth, with the scopes in use indexed in memory, which is what searches read. A batch is one
/// transaction; the index follows when that is committed, and before the batch is answered.
/// </summary>
internal sealed class SqliteStore : IMemoryStore, IAsyncDisposable
{
    private readonly GroupCommitDatabase _database;
    private readonly ScopeIndexCache _cache;
    private readonly IndexedScopes _scopes;
    private readonly StripedGates _gates = new();
    private readonly SemaphoreSlim _checkpoint = new(1);

    private SqliteStore(GroupCommitDatabase database, StoreOptions options)
    {
        _database = database;
        _cache = new ScopeIndexCache(options.IndexBudgetBytes);
        _scopes = new IndexedScopes(database, _cache, _gates);
    }

    /// <summary>The features it ranks with; all but in a benchmark that leaves some out.</summary>
    public RankingFeatures Features { get; init; } = RankingFeatures.All;

    /// <summary>The features it analyses with; all but in that benchmark.</summary>
    public AnalysisFeatures Analysis { get; init; } = AnalysisFeatures.All;

    /// <summary>Opens the file in the options' folder, making both if they are not there.</summary>
    public static SqliteStore Open(
        StoreOptions options, RankingFeatures features = RankingFeatures.All, AnalysisFeatures analysis = AnalysisFeatures.All)
    {
        Directory.CreateDirectory(options.Directory);
#pragma warning disable CA2000 // The store owns it from here on.
        GroupCommitDatabase database =
            GroupCommitDatabase.Open(Path.Combine(options.Directory, "memory.db"), StoreSchema.Migrate, options.Readers);
#pragma warning restore CA2000
        return new SqliteStore(database, options) { Features = features, Analysis = analysis };
    }

    public async Task ApplyAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        BatchWriter.Check(batch);
        byte[][] analyses = [.. batch.Items.Select(item => ItemAnalyzer.Analyze(item, Analysis))];
        using Activity? activity = MemoryTelemetry.Spans.StartActivity("store.apply");
        activity?.SetTag("memory.items", batch.Items.Count).SetTag("memory.removed", batch.RemovedItems.Count);
        using (await _gates.EnterAsync(batch.Scope, cancellationToken))
        {
            // The gate is held over commit and index: who loads the scope meanwhile waits, and so sees all of the batch or nothing.
            try
            {
                long[] rows = await _database.WriteAsync(session => BatchWriter.Write(session, batch, analyses), cancellationToken);
                _scopes.Follow(batch, analyses, rows);
            }
            catch
            {
                // Nobody knows what a failed commit left. The file does: the next search reads it.
                _scopes.Drop(batch.Scope);
                throw;
            }
        }

        if (batch.Erasures.Any(erasure => erasure.CompletedAt is not null))
        {
            await TruncateLogAsync(cancellationToken);
        }
    }

    public async Task<SearchResult> SearchAsync(SearchPlan plan, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plan.Count, MaxWinners);
        using Activity? activity = MemoryTelemetry.Spans.StartActivity("store.search");
        RankedScope ranked = await _scopes.RankAsync(plan, Features, cancellationToken);

        // What was erased since the ranking is not there any more and so is not answered.
        List<ScoredItem> items = await _database.ReadAsync(session => ReadWinners(session, plan, ranked.Items), cancellationToken);
        activity?.SetTag("memory.candidates", ranked.Candidates);
        return new SearchResult(items, ranked.SubjectMismatch, ranked.Candidates);
    }

    public async Task<IReadOnlyList<MemoryItem>> GetItemsAsync(string tenant, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => ItemTable.Get(session, tenant, Bounded(ids)), cancellationToken);

    public Task<Page<MemoryItem>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => ItemTable.List(session, query with { Limit = Bounded(query.Limit) }), cancellationToken);

    public async Task<IReadOnlyList<MemoryItem>> FindCitingAsync(Scope scope, IReadOnlyList<TurnSource> sources, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => ItemTable.FindCiting(session, scope, Bounded(sources)), cancellationToken);

    public async Task<IReadOnlyList<HistoryEntry>> GetHistoryAsync(string tenant, string itemId, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => HistoryTable.Get(session, tenant, itemId), cancellationToken);

    public async Task<IReadOnlyList<MemoryItem>> ListTurnsAsync(Scope scope, string sessionId, long fromOrdinal, int limit, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => ItemTable.ListTurns(session, scope, sessionId, fromOrdinal, Bounded(limit)), cancellationToken);

    public async Task<IReadOnlyList<KnownTurn>> FindTurnsAsync(TurnLookup lookup, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => ErasureTable.FindTurns(session, lookup with { Turns = Bounded(lookup.Turns) }), cancellationToken);

    public async Task<IReadOnlyList<CountedCitation>> FindCountedAsync(Scope scope, IReadOnlyList<Citation> citations, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => CitationTable.Find(session, scope, Bounded(citations)), cancellationToken);

    public Task<SessionRecord?> GetSessionAsync(string tenant, string sessionId, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => SessionTable.Get(session, tenant, sessionId), cancellationToken);

    public Task<Page<SessionRecord>> ListSessionsAsync(SessionQuery query, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => SessionTable.List(session, query with { Limit = Bounded(query.Limit) }), cancellationToken);

    public Task<Page<Scope>> ListScopesAsync(string? cursor, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => SessionTable.ListScopes(session, cursor, Bounded(limit)), cancellationToken);

    public Task<PipelineRecord?> GetPipelineAsync(string? tenant, string pipelineId, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => PipelineTable.Get(session, tenant, pipelineId), cancellationToken);

    public Task<Page<PipelineRecord>> ListPipelinesAsync(PipelineQuery query, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => PipelineTable.List(session, query with { Limit = Bounded(query.Limit) }), cancellationToken);

    public Task<ErasureRecord?> GetErasureAsync(string tenant, string key, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => ErasureTable.Get(session, tenant, key), cancellationToken);

    public async Task<IReadOnlyList<ErasureRecord>> ListOpenErasuresAsync(int limit, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => ErasureTable.ListOpen(session, Bounded(limit)), cancellationToken);

    public async Task<StoreHealth> CheckAsync(CancellationToken cancellationToken)
    {
        (string version, long bytes) = await _database.ReadAsync(
            session => (
                session.Scalar<string>("SELECT sqlite_version()") ?? "",
                session.Scalar<long>("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")),
            cancellationToken);
        return new StoreHealth("SQLite", version, new Dictionary<string, double>
        {
            ["fileBytes"] = bytes,
            ["indexBytes"] = _cache.Bytes,
            ["indexedScopes"] = _cache.Count,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _scopes.Dispose();
        _gates.Dispose();
        _checkpoint.Dispose();
    }

    private static List<ScoredItem> ReadWinners(SqliteSession session, SearchPlan plan, IReadOnlyList<RankedItem> winners)
    {
        MemoryItem?[] found = ItemTable.Find(session, plan.Scope, winners, plan.WithFacts);
        var items = new List<ScoredItem>(found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] is { } item)
            {
                items.Add(new ScoredItem(item, winners[i].Score, winners[i].Parts));
            }
        }

        return items;
    }

    // The log beside the file keeps the pages as they were before the erasure until it is written back and cut.
    private async Task TruncateLogAsync(CancellationToken cancellationToken)
    {
        await _checkpoint.WaitAsync(cancellationToken);
        try
        {
            using SqliteSession session = SqliteSession.Open(_database.Path, readOnly: false);
            session.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        finally
        {
            _checkpoint.Release();
        }
    }
}
