using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>
/// Where memories are kept and ranked. Reads may come from anywhere; writes come only from the scope's one writer
/// (<see cref="IScopeActor"/>), which is why nothing here locks.
/// </summary>
/// <remarks>
/// Every write is a batch with deterministic ids and may be repeated whole: the second time changes nothing. A transient failure
/// throws; what does not exist is an empty answer. Nothing read here ever crosses a scope or a tenant that was not asked for.
/// </remarks>
internal interface IMemoryStore
{
    /// <summary>
    /// Applies a batch: tombstones, removals, upserts, records, in this order. When it returns, all of it is durable and searchable.
    /// </summary>
    Task ApplyAsync(StoreBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// The best matches of a plan, ranked. Of equal scores the earlier said comes first, then the lower ordinal, then the lower id, so
    /// equal calls get equal answers.
    /// </summary>
    Task<SearchResult> SearchAsync(SearchPlan plan, CancellationToken cancellationToken);

    /// <summary>The items of a tenant by id, at most 1,000; unknown and foreign ids are left out.</summary>
    Task<IReadOnlyList<MemoryItem>> GetItemsAsync(string tenant, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>A scope's items in a stable order (oldest first by creation, then id).</summary>
    Task<Page<MemoryItem>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken);

    /// <summary>The items other than turns that rest on any of these turns of a scope (at most 1,000 turns a call).</summary>
    Task<IReadOnlyList<MemoryItem>> FindCitingAsync(Scope scope, IReadOnlyList<TurnSource> sources, CancellationToken cancellationToken);

    /// <summary>How an item came to be, oldest first, its last 100 steps.</summary>
    Task<IReadOnlyList<HistoryEntry>> GetHistoryAsync(string tenant, string itemId, CancellationToken cancellationToken);

    /// <summary>A session's turns as evidence from <paramref name="fromOrdinal"/> on, in order, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<MemoryItem>> ListTurnsAsync(Scope scope, string sessionId, long fromOrdinal, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// What is known of these turns of a session: stored under this id with which content, or erased; the others are left out.
    /// </summary>
    Task<IReadOnlyList<KnownTurn>> FindTurnsAsync(TurnLookup lookup, CancellationToken cancellationToken);

    /// <summary>Which of these (answer, item) pairs of a scope have been counted already.</summary>
    Task<IReadOnlyList<CountedCitation>> FindCountedAsync(Scope scope, IReadOnlyList<Citation> citations, CancellationToken cancellationToken);

    /// <summary>A session's record; null if it has none (never appended to, not yet indexed, or erased).</summary>
    Task<SessionRecord?> GetSessionAsync(string tenant, string sessionId, CancellationToken cancellationToken);

    /// <summary>A tenant's sessions, the most recently created first.</summary>
    Task<Page<SessionRecord>> ListSessionsAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>Every scope that has anything, in a stable order: what periodic work walks.</summary>
    Task<Page<Scope>> ListScopesAsync(string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>A pipeline; null if it is unknown or another tenant's. A null tenant sees all.</summary>
    Task<PipelineRecord?> GetPipelineAsync(string? tenant, string pipelineId, CancellationToken cancellationToken);

    /// <summary>Pipelines, the most recently wanted first.</summary>
    Task<Page<PipelineRecord>> ListPipelinesAsync(PipelineQuery query, CancellationToken cancellationToken);

    /// <summary>An erasure by its key; null if there was none.</summary>
    Task<ErasureRecord?> GetErasureAsync(string tenant, string key, CancellationToken cancellationToken);

    /// <summary>The erasures that were begun and are not complete, the oldest first.</summary>
    Task<IReadOnlyList<ErasureRecord>> ListOpenErasuresAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Finishes what a process left half done, and gives back what is held for scopes that nobody has used for so long; answers how many
    /// scopes those are. A store that does both by itself has nothing to do.
    /// </summary>
    Task<int> TidyAsync(TimeSpan idle, CancellationToken cancellationToken) => Task.FromResult(0);

    /// <summary>What the store is and whether it works; throws when it does not.</summary>
    Task<StoreHealth> CheckAsync(CancellationToken cancellationToken);
}
