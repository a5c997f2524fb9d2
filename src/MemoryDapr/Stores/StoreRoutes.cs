using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>
/// The routes of memory-store, one for each method of <see cref="IMemoryStore"/>: POST with JSON, 200 with the method's result as JSON
/// (<c>null</c> where there is none), safe to repeat.
/// </summary>
internal static class StoreRoutes
{
    /// <summary>The app id.</summary>
    public const string AppId = "memory-store";

    public const string Apply = "/store/apply";
    public const string Search = "/store/search";
    public const string Items = "/store/items/get";
    public const string ItemList = "/store/items/list";
    public const string Citing = "/store/items/citing";
    public const string History = "/store/items/history";
    public const string TurnList = "/store/turns/list";
    public const string TurnLookup = "/store/turns/find";
    public const string Counted = "/store/citations/find";
    public const string Session = "/store/sessions/get";
    public const string SessionList = "/store/sessions/list";
    public const string ScopeList = "/store/scopes/list";
    public const string Pipeline = "/store/pipelines/get";
    public const string PipelineList = "/store/pipelines/list";
    public const string Erasure = "/store/erasures/get";
    public const string OpenErasures = "/store/erasures/open";
    public const string Tidy = "/store/tidy";
    public const string Check = "/store/check";
}

internal sealed record ItemsRequest(string Tenant, IReadOnlyList<string> Ids);

internal sealed record CitingRequest(Scope Scope, IReadOnlyList<TurnSource> Sources);

internal sealed record HistoryRequest(string Tenant, string ItemId);

internal sealed record TurnListRequest(Scope Scope, string SessionId, long FromOrdinal, int Limit);

internal sealed record CountedRequest(Scope Scope, IReadOnlyList<Citation> Citations);

internal sealed record SessionRequest(string Tenant, string SessionId);

internal sealed record ListRequest(string? Cursor, int Limit);

internal sealed record PipelineRequest(string? Tenant, string PipelineId);

internal sealed record ErasureRequest(string Tenant, string Key);

internal sealed record TidyRequest(TimeSpan Idle);

internal sealed record TidiedScopes(int Count);
