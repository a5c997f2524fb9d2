using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Setup;

namespace MemoryDapr.Conformance;

/// <summary>What scenarios share: clients of several tenants, names of their own, and waiting for what follows an answer.</summary>
public abstract class Scenario(Deployment deployment) : IDisposable
{
    private readonly HttpClient _http = ClientAddress.CreateClient();

    private protected Deployment Deployment => deployment;

    private protected ApiClient A => field ??= Client(deployment.KeyA);

    private protected ApiClient B => field ??= Client(deployment.KeyB);

    private protected ApiClient Limited => field ??= Client(deployment.KeyLimited);

    private protected ApiClient Operator => field ??= Client(deployment.OperatorKey);

    private protected ApiClient Nobody => field ??= Client(null);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _http.Dispose();

    private protected ApiClient Client(string? key, Func<Uri>? url = null) => new(_http, url ?? (() => deployment.Url), key);

    private protected string NewName(string what) => deployment.NewName(what);

    /// <summary>A turn as a client posts it.</summary>
    private protected static object Turn(string id, string content, string role = "user", string? speaker = null, string? at = null, object? metadata = null)
    {
        Dictionary<string, object> turn = new() { ["id"] = id, ["role"] = role, ["content"] = content };
        foreach ((string name, object? value) in new[] { ("speaker", (object?)speaker), ("at", at), ("metadata", metadata) })
        {
            if (value is not null)
            {
                turn[name] = value;
            }
        }

        return turn;
    }

    /// <summary>Appends turns with the ids t0, t1, … that continue at <paramref name="from"/>.</summary>
    private protected async Task<JsonElement> AppendAsync(string session, string user, IEnumerable<string> contents, int from = 0) =>
        (await A.PostAsync($"/memory/sessions/{session}/turns", new { user, turns = contents.Select((content, index) => Turn($"t{from + index}", content)) })).Expect();

    /// <summary>Appends turns and waits until they can be found.</summary>
    private protected async Task AppendIndexedAsync(string session, string user, params string[] contents)
    {
        await AppendAsync(session, user, contents);
        await IndexedAsync(session);
    }

    /// <summary>Waits until all turns of the session can be found.</summary>
    private protected Task<JsonElement> IndexedAsync(string session) => Eventually.SeeAsync(
        $"All turns of {session} are indexed",
        () => SessionAsync(session),
        seen => seen.Number("indexedTo") >= seen.Number("turnCount"));

    /// <summary>Waits until the session has been idle and lost its window, which comes after its tail is planned.</summary>
    private protected Task<JsonElement> ExpiredAsync(string session) => Eventually.SeeAsync(
        $"{session} has expired",
        () => SessionAsync(session),
        seen => seen.List("window").Count == 0,
        Deployment.IdleAfter + TimeSpan.FromSeconds(150));

    /// <summary>Has the session distilled and waits until it is.</summary>
    private protected async Task<JsonElement> DistilAsync(string session)
    {
        JsonElement started = (await A.PostAsync("/memory/distill", new { sessionId = session })).Expect(System.Net.HttpStatusCode.Accepted);
        return await PipelineAsync(started.Text("pipelineId"), "succeeded");
    }

    /// <summary>Waits until the pipeline has this status. One that was announced by an append is known once its turns are indexed.</summary>
    private protected async Task<JsonElement> PipelineAsync(string id, string status, TimeSpan? deadline = null) => (await Eventually.SeeAsync(
        $"Pipeline {id} is {status}",
        () => A.GetAsync($"/memory/pipelines/{id}"),
        answer => answer.Status == System.Net.HttpStatusCode.OK && answer.Json.Text("status") == status,
        deadline)).Json;

    private protected async Task<JsonElement> SessionAsync(string session) => (await A.GetAsync($"/memory/sessions/{session}")).Expect();

    private protected async Task<JsonElement> ItemAsync(string id) => (await A.GetAsync($"/memory/items/{id}")).Expect();

    /// <summary>What is known of a user, of these kinds.</summary>
    private protected async Task<IReadOnlyList<JsonElement>> ItemsAsync(string user, string kinds = "turn,episode,fact,document") =>
        (await A.GetAsync($"/memory/items?user={user}&kind={kinds}&limit=100")).Expect().List("items");

    private protected async Task<JsonElement> RecallAsync(object request) => (await A.PostAsync("/memory/recall", request)).Expect();

    /// <summary>The texts that a question finds.</summary>
    private protected async Task<IReadOnlyList<string>> FindAsync(string user, string query) =>
        [.. (await RecallAsync(new { query, user })).List("items").Select(item => item.Text("text"))];

    /// <summary>Stores documents and answers their item ids.</summary>
    private protected async Task<IReadOnlyList<string>> StoreAsync(string user, params object[] documents) =>
        [.. (await A.PostAsync("/memory/documents", new { user, documents })).Expect().List("documents").Select(stored => stored.Text("itemId"))];
}
