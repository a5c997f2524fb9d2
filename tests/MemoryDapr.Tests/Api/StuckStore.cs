using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Tests.Api;

/// <summary>A store that never answers a search until it is told to stop.</summary>
internal sealed class StuckStore : IMemoryStore
{
    public async Task<SearchResult> SearchAsync(SearchPlan plan, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return new SearchResult([], SubjectMismatch: false, 0);
    }

    public Task ApplyAsync(StoreBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<MemoryItem>> GetItemsAsync(string tenant, IReadOnlyList<string> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<MemoryItem>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<MemoryItem>> FindCitingAsync(Scope scope, IReadOnlyList<TurnSource> sources, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<HistoryEntry>> GetHistoryAsync(string tenant, string itemId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<MemoryItem>> ListTurnsAsync(Scope scope, string sessionId, long fromOrdinal, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<KnownTurn>> FindTurnsAsync(TurnLookup lookup, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<CountedCitation>> FindCountedAsync(Scope scope, IReadOnlyList<Citation> citations, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SessionRecord?> GetSessionAsync(string tenant, string sessionId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<SessionRecord>> ListSessionsAsync(SessionQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<Scope>> ListScopesAsync(string? cursor, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PipelineRecord?> GetPipelineAsync(string? tenant, string pipelineId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<PipelineRecord>> ListPipelinesAsync(PipelineQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ErasureRecord?> GetErasureAsync(string tenant, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ErasureRecord>> ListOpenErasuresAsync(int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
