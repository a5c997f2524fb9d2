using System.Net;
using System.Text.Json;
using MemoryDapr.Api.Problems;
using MemoryDapr.Stores;
using MemoryDapr.Tests.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Api;

public sealed class ContractTests : IAsyncLifetime
{
    private static readonly Scope Anna = new("default", "anna");
    private readonly TemporaryStore _store = new();
    private readonly MemoryItem[] _turns = [.. Enumerable.Range(0, 5).Select(index => Memories.Turn(index, $"Turn number {index}", scope: Anna) with { HasClientId = index % 2 == 0 })];
    private ApiHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync(_store.Store);
        await _store.Store.ApplyAsync(
            new StoreBatch { Scope = Anna, Items = _turns, Sessions = [Memories.Session("s1", scope: Anna)] }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Append_SameIdempotencyKey_NamesTheSameTurns()
    {
        string[] first = await AppendAsync("key-1", "s1");
        string[] again = await AppendAsync("key-1", "s1");
        string[] other = await AppendAsync("key-2", "s1");
        string[] elsewhere = await AppendAsync("key-1", "s2");

        first.ShouldBeUnique();
        again.ShouldBe(first);
        other.ShouldNotBe(first);
        elsewhere.ShouldNotBe(first);
        _host.Worker.Calls.ShouldAllBe(call => !call.Body.GetProperty("turns")[0].GetProperty("hasClientId").GetBoolean());
    }

    [Fact]
    public async Task Items_ByPages_AreAllThereOnce()
    {
        List<string> ids = [];
        string? cursor = null;
        do
        {
            JsonElement page = await GetAsync($"/memory/items?user=anna&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.TryGetProperty("nextCursor", out JsonElement next) ? next.GetString() : null;
        }
        while (cursor is not null);

        ids.ShouldBe(_turns.Select(turn => turn.Id), ignoreOrder: true);
        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task Item_UnknownForeignAndIllFormed_AreTheSame404()
    {
        MemoryItem foreign = Memories.Turn(9, "theirs", scope: new Scope("other", "anna"));
        await _store.Store.ApplyAsync(Memories.Batch(foreign), CancellationToken.None);

        string[] answers = await Task.WhenAll(new[] { foreign.Id, ItemId.ForTurn(Anna, "s1", "nothing"), "abc" }.Select(async id =>
        {
            using HttpResponseMessage response = await _host.Client.GetAsync(new Uri($"/memory/items/{id}", UriKind.Relative));
            await ProblemDocument.ReadFaultsAsync(response, 404, "not-found");
            return await response.Content.ReadAsStringAsync();
        }));

        answers.Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(null, 428, "precondition-required")]
    [InlineData("nonsense", 400, "validation")]
    [InlineData("W/\"1\"", 412, "precondition-failed")]
    [InlineData("\"7\"", 412, "precondition-failed")]
    public async Task Patch_WithoutTheRightETag_IsRefused(string? tag, int status, string type)
    {
        _host.Worker.On<ItemEdit, MemoryItem>(WorkerRoutes.EditItem, edit =>
            edit.ExpectedVersion == 1 ? _turns[0] : new Refusal(RefusalKind.PreconditionFailed, "The item has changed."));

        using HttpResponseMessage response = await PatchAsync(tag);

        await ProblemDocument.ReadFaultsAsync(response, status, type);
    }

    [Fact]
    public async Task Patch_WithTheETagOfGet_ChangesIt()
    {
        _host.Worker.On<ItemEdit, MemoryItem>(WorkerRoutes.EditItem, edit => _turns[0] with { Pinned = edit.Pinned!.Value, Version = edit.ExpectedVersion + 1 });
        using HttpResponseMessage got = await _host.Client.GetAsync(new Uri($"/memory/items/{_turns[0].Id}", UriKind.Relative));

        using HttpResponseMessage response = await PatchAsync(got.Headers.ETag!.Tag);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.ETag!.Tag.ShouldBe("\"2\"");
    }

    [Fact]
    public async Task Export_ImportedForAnotherUser_HasTheSameItemsUnderThatUsersIds()
    {
        List<string> lines = [];
        string? cursor = null;
        do
        {
            string page = await _host.Client.GetStringAsync(new Uri($"/memory/export?user=anna&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}", UriKind.Relative));
            lines.AddRange(page.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            using JsonDocument end = JsonDocument.Parse(lines[^1]);
            cursor = end.RootElement.TryGetProperty("nextCursor", out JsonElement next) ? next.GetString() : null;
        }
        while (cursor is not null);
        ImportBatch? imported = null;
        _host.Worker.On<ImportBatch, ImportOutcome>(WorkerRoutes.Import, batch =>
        {
            imported = batch;
            return new ImportOutcome(batch.Items.Count, 0, 0, 0);
        });

        using HttpResponseMessage response = await _host.PostAsync(
            "/memory/import?user=bob", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)), "application/x-ndjson");

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        Scope bob = new("default", "bob");
        imported!.Items.Select(item => item.Id).ShouldBe(_turns.Select(turn => ItemId.ForTurn(bob, "s1", turn.TurnId!)), ignoreOrder: true);
        imported.Items.Select(item => item.Text).ShouldBe(_turns.Select(turn => turn.Text), ignoreOrder: true);
        imported.Items.Select(item => item.HasClientId).ShouldBe(imported.Items.Select(item => item.Ordinal % 2 == 0));
        imported.Sessions.Single().SessionId.ShouldBe("s1");
    }

    [Fact]
    public async Task Import_BrokenLines_NamesEach()
    {
        const string Body = "{\"type\":\"item\"}\n{\"type\":\"robot\"}\n\n{\"type\":\"session\",\"session\":{\"sessionId\":\"a b\"}}\n";

        using HttpResponseMessage response = await _host.PostAsync("/memory/import", System.Text.Encoding.UTF8.GetBytes(Body), "application/x-ndjson");

        string[] faults = await ProblemDocument.ReadFaultsAsync(response, 400, "validation");
        faults.ShouldContain("/0/item required");
        faults.ShouldContain("/1/type enum");
        faults.ShouldContain("/3/session/sessionId id");
        faults.ShouldContain("/3/session/createdAt required");
    }

    [Theory]
    [InlineData("/memory/items?limit=0", "/limit range")]
    [InlineData("/memory/items?limit=x", "/limit range")]
    [InlineData("/memory/items?kind=robot", "/kind enum")]
    [InlineData("/memory/items?cursor=a%27b", "/cursor cursor")]
    [InlineData("/memory/items?user=a%20b", "/user id")]
    [InlineData("/memory/items?user=a&user=b", "/user duplicate")]
    [InlineData("/memory/items?colour=red", "/colour unknown")]
    [InlineData("/memory/pipelines?status=queued,lost", "/status enum")]
    [InlineData("/memory/export?cursor=x", "/cursor cursor")]
    public async Task List_BadParameter_IsNamed(string path, string fault)
    {
        using HttpResponseMessage response = await _host.Client.GetAsync(new Uri(path, UriKind.Relative));

        (await ProblemDocument.ReadFaultsAsync(response, 400, "validation")).ShouldBe([fault]);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "{\"errorCode\":\"ERR_DIRECT_INVOKE\",\"message\":\"circuit breaker is open\"}", 503, "dependency-unavailable")]
    [InlineData(HttpStatusCode.InternalServerError, "{\"errorCode\":\"ERR_DIRECT_INVOKE\",\"message\":\"context deadline exceeded\"}", 504, "timeout")]
    [InlineData(HttpStatusCode.GatewayTimeout, "", 504, "timeout")]
    [InlineData(HttpStatusCode.InternalServerError, "stack trace", 502, "dependency-failed")]
    public async Task Worker_Failure_IsAProblemWithoutItsText(HttpStatusCode status, string body, int expected, string type)
    {
        _host.Worker.OnRaw(WorkerRoutes.Forget, status, body);

        using HttpResponseMessage response = await _host.Client.DeleteAsync(new Uri("/memory/sessions/s1", UriKind.Relative));

        await ProblemDocument.ReadFaultsAsync(response, expected, type);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("stack");
    }

    [Fact]
    public async Task Ready_WorkerDown_Is503AndAliveStays200()
    {
        using HttpResponseMessage ready = await _host.Client.GetAsync(new Uri("/readyz", UriKind.Relative));
        using HttpResponseMessage alive = await _host.Client.GetAsync(new Uri("/healthz", UriKind.Relative));

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ready.Content.ReadAsStringAsync()).ShouldBe("{\"status\":\"unhealthy\"}");
    }

    [Fact]
    public async Task Docs_ListOfProblems_IsThatOfTheCode()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MemoryDapr.sln")))
        {
            folder = folder.Parent;
        }

        string docs = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "docs", "api.md"));

        ProblemTypes.All.ShouldAllBe(type => docs.Contains($"| `{type.Name}` | {type.Status} |", StringComparison.Ordinal));
    }

    private async Task<string[]> AppendAsync(string key, string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/memory/sessions/{session}/turns");
        request.Content = new StringContent("""{"turns":[{"role":"user","content":"a"},{"role":"user","content":"a"}]}""", System.Text.Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage response = await _host.Client.SendAsync(request);
        using JsonDocument json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return [.. json.RootElement.GetProperty("turns").EnumerateArray().Select(turn => turn.GetProperty("id").GetString()!)];
    }

    private async Task<HttpResponseMessage> PatchAsync(string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/memory/items/{_turns[0].Id}");
        request.Content = new StringContent("""{"pinned":true}""", System.Text.Encoding.UTF8, "application/json");
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        return await _host.Client.SendAsync(request);
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using JsonDocument json = JsonDocument.Parse(await _host.Client.GetStringAsync(new Uri(path, UriKind.Relative)));
        return json.RootElement.Clone();
    }
}
