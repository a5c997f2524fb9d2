using System.Text.Json;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store;

/// <summary>The store's methods as routes.</summary>
internal static class StoreEndpoints
{
    public static void MapStore(this IEndpointRouteBuilder routes)
    {
        routes.Serve<StoreBatch, object>(StoreRoutes.Apply, async (store, batch, stop) =>
        {
            await store.ApplyAsync(batch, stop);
            return null;
        });
        routes.Serve<SearchPlan, SearchResult>(StoreRoutes.Search, async (store, plan, stop) => await store.SearchAsync(plan, stop));
        routes.Serve<ItemsRequest, IReadOnlyList<MemoryItem>>(
            StoreRoutes.Items, async (store, asked, stop) => await store.GetItemsAsync(asked.Tenant, asked.Ids, stop));
        routes.Serve<ItemQuery, Page<MemoryItem>>(StoreRoutes.ItemList, async (store, query, stop) => await store.ListItemsAsync(query, stop));
        routes.Serve<CitingRequest, IReadOnlyList<MemoryItem>>(
            StoreRoutes.Citing, async (store, asked, stop) => await store.FindCitingAsync(asked.Scope, asked.Sources, stop));
        routes.Serve<HistoryRequest, IReadOnlyList<HistoryEntry>>(
            StoreRoutes.History, async (store, asked, stop) => await store.GetHistoryAsync(asked.Tenant, asked.ItemId, stop));
        routes.Serve<TurnListRequest, IReadOnlyList<MemoryItem>>(
            StoreRoutes.TurnList,
            async (store, asked, stop) => await store.ListTurnsAsync(asked.Scope, asked.SessionId, asked.FromOrdinal, asked.Limit, stop));
        routes.Serve<TurnLookup, IReadOnlyList<KnownTurn>>(
            StoreRoutes.TurnLookup, async (store, lookup, stop) => await store.FindTurnsAsync(lookup, stop));
        routes.Serve<CountedRequest, IReadOnlyList<CountedCitation>>(
            StoreRoutes.Counted, async (store, asked, stop) => await store.FindCountedAsync(asked.Scope, asked.Citations, stop));
        routes.Serve<SessionRequest, SessionRecord>(
            StoreRoutes.Session, (store, asked, stop) => store.GetSessionAsync(asked.Tenant, asked.SessionId, stop));
        routes.Serve<SessionQuery, Page<SessionRecord>>(
            StoreRoutes.SessionList, async (store, query, stop) => await store.ListSessionsAsync(query, stop));
        routes.Serve<ListRequest, Page<Scope>>(
            StoreRoutes.ScopeList, async (store, asked, stop) => await store.ListScopesAsync(asked.Cursor, asked.Limit, stop));
        routes.Serve<PipelineRequest, PipelineRecord>(
            StoreRoutes.Pipeline, (store, asked, stop) => store.GetPipelineAsync(asked.Tenant, asked.PipelineId, stop));
        routes.Serve<PipelineQuery, Page<PipelineRecord>>(
            StoreRoutes.PipelineList, async (store, query, stop) => await store.ListPipelinesAsync(query, stop));
        routes.Serve<ErasureRequest, ErasureRecord>(
            StoreRoutes.Erasure, (store, asked, stop) => store.GetErasureAsync(asked.Tenant, asked.Key, stop));
        routes.Serve<ListRequest, IReadOnlyList<ErasureRecord>>(
            StoreRoutes.OpenErasures, async (store, asked, stop) => await store.ListOpenErasuresAsync(asked.Limit, stop));
        routes.Serve<TidyRequest, TidiedScopes>(
            StoreRoutes.Tidy, async (store, asked, stop) => new TidiedScopes(await store.TidyAsync(asked.Idle, stop)));
        routes.Serve<ListRequest, StoreHealth>(StoreRoutes.Check, async (store, _, stop) => await store.CheckAsync(stop));
    }

    private static void Serve<TRequest, TResult>(
        this IEndpointRouteBuilder routes, string route, Func<IMemoryStore, TRequest, CancellationToken, Task<TResult?>> answer)
        where TRequest : class
        where TResult : class
    {
        IMemoryStore store = routes.ServiceProvider.GetRequiredService<IMemoryStore>();
        routes.MapPost(route, async (HttpContext context) =>
        {
            CancellationToken stop = context.RequestAborted;
            try
            {
                TRequest request = await JsonSerializer.DeserializeAsync<TRequest>(context.Request.Body, MemoryJson.Options, stop)
                    ?? throw new JsonException("The body is null.");
                byte[] body = JsonSerializer.SerializeToUtf8Bytes(await answer(store, request, stop), MemoryJson.Options);
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body, stop);
            }
            catch (Exception exception) when (exception is JsonException or ArgumentException)
            {
                // The caller's fault, and so permanent: no policy tries it again. Its words may hold memory text: none are given back.
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
            }
        });
    }
}
