using System.Diagnostics;
using MemoryDapr.Store.Collections.Chunks;
using MemoryDapr.Store.Collections.Records;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Stores;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;
using static MemoryDapr.Store.StoreLimits;

namespace MemoryDapr.Store.Collections;

/// <summary>
/// Memories in collections of objects: chunks of items, of which searches are made, in a tenant for each scope; and records. Batches come
/// from one writer for each scope. Whoever reads in order to write reads what is whole: left over batches are finished first.
/// </summary>
internal sealed class CollectionStore(ICollections collections, TimeProvider time) : IMemoryStore, IAsyncDisposable
{
    private const int SettledAtOnce = 100;

    private readonly BatchWriter _writer = new(collections);
    private readonly RecordStore _records = new(collections.Records);
    private readonly ItemReader _items = new(collections.Chunks);
    private readonly CollectionSearch _search = new(collections.Chunks);
    private readonly IdleTenants _tenants = new(collections, time);
    private readonly StripedGates _gates = new();

    public async Task ApplyAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        Sqlite.BatchWriter.Check(batch);
        using Activity? activity = MemoryTelemetry.Spans.StartActivity("store.apply");
        activity?.SetTag("memory.items", batch.Items.Count).SetTag("memory.removed", batch.RemovedItems.Count);
        using (await EnterAsync(batch.Scope.Key, cancellationToken))
        {
            await _writer.WriteAsync(batch, cancellationToken);
        }
    }

    public async Task<SearchResult> SearchAsync(SearchPlan plan, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plan.Count, MaxWinners);
        using Activity? activity = MemoryTelemetry.Spans.StartActivity("store.search");
        if (await ReadProfileAsync(plan.Scope.Key, cancellationToken) is not { Items: > 0 } profile)
        {
            return new SearchResult([], false, 0);
        }

        _tenants.Touch(plan.Scope.Key);
        SearchResult result = await _search.SearchAsync(plan, profile, cancellationToken);
        activity?.SetTag("memory.candidates", result.Candidates);
        return result;
    }

    public async Task<IReadOnlyList<MemoryItem>> GetItemsAsync(string tenant, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        string[] known = [.. Bounded(ids).Where(ItemId.IsWellFormed).Distinct(StringComparer.Ordinal)];
        var found = new Dictionary<string, MemoryItem>(StringComparer.Ordinal);
        foreach (IGrouping<string, string> scope in known.GroupBy(ItemId.ScopeKey))
        {
            await SettleAsync(scope.Key, cancellationToken);
            foreach (MemoryItem item in await _items.ReadAsync(scope.Key, [.. scope], cancellationToken))
            {
                found[item.Id] = item;
            }
        }

        return [.. known.Where(id => found.TryGetValue(id, out MemoryItem? item) && item.Scope.Tenant == tenant).Select(id => found[id])];
    }

    public async Task<Page<MemoryItem>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken)
    {
        Bounded(query.Limit);
        await SettleAsync(query.Scope.Key, cancellationToken);

        // Periodic work asks every scope for these two. Most have none, and need not be brought into memory to say so.
        bool hasNone = (query.OnlyWithoutVector || query.PromotableFrom is not null)
            && (await ReadProfileAsync(query.Scope.Key, cancellationToken) is not { } profile
                || (query.OnlyWithoutVector && profile.WithoutVector == 0)
                || profile.MostRipe < query.PromotableFrom);
        if (hasNone)
        {
            return new Page<MemoryItem>([], null);
        }

        _tenants.Touch(query.Scope.Key);
        return await _items.ListAsync(query, cancellationToken);
    }

    public async Task<IReadOnlyList<MemoryItem>> FindCitingAsync(Scope scope, IReadOnlyList<TurnSource> sources, CancellationToken cancellationToken)
    {
        await SettleAsync(scope.Key, cancellationToken);
        return await _items.FindCitingAsync(scope.Key, Bounded(sources), cancellationToken);
    }

    public async Task<IReadOnlyList<HistoryEntry>> GetHistoryAsync(string tenant, string itemId, CancellationToken cancellationToken) =>
        ItemId.IsWellFormed(itemId)
            ? await _items.ReadHistoryAsync(ItemId.ScopeKey(itemId), itemId, scope => scope.Tenant == tenant, cancellationToken)
            : [];

    public async Task<IReadOnlyList<MemoryItem>> ListTurnsAsync(Scope scope, string sessionId, long fromOrdinal, int limit, CancellationToken cancellationToken)
    {
        Bounded(limit);
        await SettleAsync(scope.Key, cancellationToken);
        _tenants.Touch(scope.Key);
        return await _items.ListTurnsAsync(scope.Key, sessionId, fromOrdinal, limit, cancellationToken);
    }

    public async Task<IReadOnlyList<KnownTurn>> FindTurnsAsync(TurnLookup lookup, CancellationToken cancellationToken)
    {
        Bounded(lookup.Turns);
        Scope? owner = await _records.ReadAsync(RecordObject.SessionId(lookup.Tenant, lookup.SessionId), cancellationToken) is { } session
            ? RecordObject.Read<SessionRecord>(session).Scope
            : null;
        if (owner is not null)
        {
            await SettleAsync(owner.Key, cancellationToken);
        }

        return await new TurnFinder(_records, _items).FindAsync(lookup, owner, cancellationToken);
    }

    public async Task<IReadOnlyList<CountedCitation>> FindCountedAsync(Scope scope, IReadOnlyList<Citation> citations, CancellationToken cancellationToken)
    {
        await SettleAsync(scope.Key, cancellationToken);
        Guid[] ids = [.. Bounded(citations).Select(citation => RecordObject.CitationId(scope.Key, citation.AnswerId, citation.ItemId))];
        return [.. (await _records.ReadAsync(ids, cancellationToken)).Values.Select(RecordObject.Read<CountedCitation>)];
    }

    public async Task<SessionRecord?> GetSessionAsync(string tenant, string sessionId, CancellationToken cancellationToken)
    {
        Guid id = RecordObject.SessionId(tenant, sessionId);
        StoredObject? stored = await _records.ReadAsync(id, cancellationToken);
        if (stored?.Text(RecordProperty.Owner) is not { } owner)
        {
            return null;
        }

        await SettleAsync(owner, cancellationToken);
        stored = await _records.ReadAsync(id, cancellationToken);
        return stored is null || stored.Text(RecordProperty.State) == RecordObject.Bound ? null : RecordObject.Read<SessionRecord>(stored);
    }

    public Task<Page<SessionRecord>> ListSessionsAsync(SessionQuery query, CancellationToken cancellationToken) =>
        _records.ListSessionsAsync(query with { Limit = Bounded(query.Limit) }, cancellationToken);

    public Task<Page<Scope>> ListScopesAsync(string? cursor, int limit, CancellationToken cancellationToken) =>
        _records.ListScopesAsync(cursor, Bounded(limit), cancellationToken);

    public async Task<PipelineRecord?> GetPipelineAsync(string? tenant, string pipelineId, CancellationToken cancellationToken) =>
        await _records.ReadAsync(RecordObject.PipelineId(pipelineId), cancellationToken) is { } stored
            && RecordObject.Read<PipelineRecord>(stored) is { } record && (tenant is null || record.Scope.Tenant == tenant)
            ? record
            : null;

    public Task<Page<PipelineRecord>> ListPipelinesAsync(PipelineQuery query, CancellationToken cancellationToken) =>
        _records.ListPipelinesAsync(query with { Limit = Bounded(query.Limit) }, cancellationToken);

    public async Task<ErasureRecord?> GetErasureAsync(string tenant, string key, CancellationToken cancellationToken) =>
        await _records.ReadAsync(RecordObject.ErasureId(tenant, key), cancellationToken) is { } stored ? RecordObject.Read<ErasureRecord>(stored) : null;

    public Task<IReadOnlyList<ErasureRecord>> ListOpenErasuresAsync(int limit, CancellationToken cancellationToken) =>
        _records.ListOpenErasuresAsync(Bounded(limit), cancellationToken);

    public async Task<int> TidyAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        foreach (string scopeKey in await _writer.ListUnsettledAsync(SettledAtOnce, cancellationToken))
        {
            await SettleAsync(scopeKey, cancellationToken);
        }

        return await _tenants.DeactivateAsync(idle, cancellationToken);
    }

    public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) => collections.CheckAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await collections.DisposeAsync();
        _gates.Dispose();
    }

    private async Task<ScopeProfile?> ReadProfileAsync(string scopeKey, CancellationToken cancellationToken) =>
        await _records.ReadAsync(RecordObject.ScopeId(scopeKey), cancellationToken) is { } stored ? RecordObject.Read<ScopeProfile>(stored) : null;

    // A batch that is being written right now is not left over: whoever waits for the gate finds it done.
    private async Task SettleAsync(string scopeKey, CancellationToken cancellationToken)
    {
        if (await _records.ReadAsync(RecordObject.JournalId(scopeKey), cancellationToken) is not null)
        {
            using (await EnterAsync(scopeKey, cancellationToken))
            {
                await _writer.SettleAsync(scopeKey, cancellationToken);
            }
        }
    }

    private Task<IDisposable> EnterAsync(string scopeKey, CancellationToken cancellationToken)
    {
        _tenants.Touch(scopeKey);
        return _gates.EnterAsync(new Scope(scopeKey, ""), cancellationToken);
    }
}
