using System.Net.Http.Headers;
using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>
/// The store behind the app memory-store, by service invocation. Bodies are buffered: a request without a Content-Length gets no
/// retries from a sidecar. What is not answered with 200 throws, for whoever called to try again: <see cref="TimeoutException"/> if time
/// ran out, otherwise <see cref="HttpRequestException"/>.
/// </summary>
internal sealed class InvokedMemoryStore(HttpClient http) : IMemoryStore
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public async Task ApplyAsync(StoreBatch batch, CancellationToken cancellationToken) =>
        await FindAsync<StoreBatch, object>(StoreRoutes.Apply, batch, cancellationToken);

    public Task<SearchResult> SearchAsync(SearchPlan plan, CancellationToken cancellationToken) =>
        CallAsync<SearchPlan, SearchResult>(StoreRoutes.Search, plan, cancellationToken);

    public Task<IReadOnlyList<MemoryItem>> GetItemsAsync(string tenant, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        CallAsync<ItemsRequest, IReadOnlyList<MemoryItem>>(StoreRoutes.Items, new(tenant, ids), cancellationToken);

    public Task<Page<MemoryItem>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken) =>
        CallAsync<ItemQuery, Page<MemoryItem>>(StoreRoutes.ItemList, query, cancellationToken);

    public Task<IReadOnlyList<MemoryItem>> FindCitingAsync(Scope scope, IReadOnlyList<TurnSource> sources, CancellationToken cancellationToken) =>
        CallAsync<CitingRequest, IReadOnlyList<MemoryItem>>(StoreRoutes.Citing, new(scope, sources), cancellationToken);

    public Task<IReadOnlyList<HistoryEntry>> GetHistoryAsync(string tenant, string itemId, CancellationToken cancellationToken) =>
        CallAsync<HistoryRequest, IReadOnlyList<HistoryEntry>>(StoreRoutes.History, new(tenant, itemId), cancellationToken);

    public Task<IReadOnlyList<MemoryItem>> ListTurnsAsync(Scope scope, string sessionId, long fromOrdinal, int limit, CancellationToken cancellationToken) =>
        CallAsync<TurnListRequest, IReadOnlyList<MemoryItem>>(StoreRoutes.TurnList, new(scope, sessionId, fromOrdinal, limit), cancellationToken);

    public Task<IReadOnlyList<KnownTurn>> FindTurnsAsync(TurnLookup lookup, CancellationToken cancellationToken) =>
        CallAsync<TurnLookup, IReadOnlyList<KnownTurn>>(StoreRoutes.TurnLookup, lookup, cancellationToken);

    public Task<IReadOnlyList<CountedCitation>> FindCountedAsync(Scope scope, IReadOnlyList<Citation> citations, CancellationToken cancellationToken) =>
        CallAsync<CountedRequest, IReadOnlyList<CountedCitation>>(StoreRoutes.Counted, new(scope, citations), cancellationToken);

    public Task<SessionRecord?> GetSessionAsync(string tenant, string sessionId, CancellationToken cancellationToken) =>
        FindAsync<SessionRequest, SessionRecord>(StoreRoutes.Session, new(tenant, sessionId), cancellationToken);

    public Task<Page<SessionRecord>> ListSessionsAsync(SessionQuery query, CancellationToken cancellationToken) =>
        CallAsync<SessionQuery, Page<SessionRecord>>(StoreRoutes.SessionList, query, cancellationToken);

    public Task<Page<Scope>> ListScopesAsync(string? cursor, int limit, CancellationToken cancellationToken) =>
        CallAsync<ListRequest, Page<Scope>>(StoreRoutes.ScopeList, new(cursor, limit), cancellationToken);

    public Task<PipelineRecord?> GetPipelineAsync(string? tenant, string pipelineId, CancellationToken cancellationToken) =>
        FindAsync<PipelineRequest, PipelineRecord>(StoreRoutes.Pipeline, new(tenant, pipelineId), cancellationToken);

    public Task<Page<PipelineRecord>> ListPipelinesAsync(PipelineQuery query, CancellationToken cancellationToken) =>
        CallAsync<PipelineQuery, Page<PipelineRecord>>(StoreRoutes.PipelineList, query, cancellationToken);

    public Task<ErasureRecord?> GetErasureAsync(string tenant, string key, CancellationToken cancellationToken) =>
        FindAsync<ErasureRequest, ErasureRecord>(StoreRoutes.Erasure, new(tenant, key), cancellationToken);

    public Task<IReadOnlyList<ErasureRecord>> ListOpenErasuresAsync(int limit, CancellationToken cancellationToken) =>
        CallAsync<ListRequest, IReadOnlyList<ErasureRecord>>(StoreRoutes.OpenErasures, new(null, limit), cancellationToken);

    public async Task<int> TidyAsync(TimeSpan idle, CancellationToken cancellationToken) =>
        (await CallAsync<TidyRequest, TidiedScopes>(StoreRoutes.Tidy, new(idle), cancellationToken)).Count;

    public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) =>
        CallAsync<ListRequest, StoreHealth>(StoreRoutes.Check, new(null, 1), cancellationToken);

    private async Task<TResult> CallAsync<TRequest, TResult>(string route, TRequest request, CancellationToken cancellationToken)
        where TResult : class =>
        await FindAsync<TRequest, TResult>(route, request, cancellationToken)
            ?? throw new HttpRequestException($"{StoreRoutes.AppId} answered nothing on {route}.");

    private async Task<TResult?> FindAsync<TRequest, TResult>(string route, TRequest request, CancellationToken cancellationToken)
        where TResult : class
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, route)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, MemoryJson.Options)) { Headers = { ContentType = Json } },
        };
        using HttpResponseMessage response = await http.SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            string answer = await response.Content.ReadAsStringAsync(cancellationToken);
            throw SidecarAnswer.IsTimeout(response.StatusCode, answer)
                ? new TimeoutException($"{StoreRoutes.AppId} took too long on {route}.")
                : new HttpRequestException($"{StoreRoutes.AppId} answered {(int)response.StatusCode} on {route}.", null, response.StatusCode);
        }

        return JsonSerializer.Deserialize<TResult>(await response.Content.ReadAsByteArrayAsync(cancellationToken), MemoryJson.Options);
    }
}
