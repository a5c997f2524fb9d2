using System.Net;
using System.Text;
using System.Text.Json;
using MemoryDapr.Sessions;
using MemoryDapr.Tests.Sessions;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Worker;

public sealed class WorkerRoutesTests : IAsyncLifetime
{
    private SessionsApp _app = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await SessionsApp.StartAsync();
        _http = new HttpClient { BaseAddress = _app.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Append_FromMemoryApi_IsAnOutcome()
    {
        using HttpClient api = _app.ClientOf("memory-api");
        var request = new AppendRequest("acme", "s1", null, LedgerBench.Turns(0, 1));
        HttpResponseMessage answer = await api.PostAsync(new Uri(WorkerRoutes.Append, UriKind.Relative), Json(request));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Outcome<AppendResult> outcome = (await ReadAsync<Outcome<AppendResult>>(answer))!;
        outcome.Value!.Turns[0].Status.ShouldBe(TurnStatus.Accepted);

        answer = await api.PostAsync(new Uri(WorkerRoutes.Session, UriKind.Relative), Json(new SessionKey("acme", "s1")));
        (await ReadAsync<Outcome<SessionView>>(answer))!.Value!.Window.Count.ShouldBe(1);
        answer = await api.PostAsync(new Uri(WorkerRoutes.Turns, UriKind.Relative), Json(new TurnsRequest("acme", "s1", null, 10)));
        (await ReadAsync<Outcome<Page<Turn>>>(answer))!.Value!.Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Append_FromAnotherApp_IsForbidden()
    {
        using HttpClient other = _app.ClientOf("somebody-else");
        var request = new AppendRequest("acme", "s1", null, LedgerBench.Turns(0, 1));
        HttpResponseMessage answer = await other.PostAsync(new Uri(WorkerRoutes.Append, UriKind.Relative), Json(request));
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _app.Actors.Session("acme", "s1").GetAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData(WorkerRoutes.Append, true, HttpStatusCode.Forbidden)]
    [InlineData(WorkerRoutes.Append, true, HttpStatusCode.Forbidden, "memory-api", "memory-api")]
    [InlineData(WorkerRoutes.Append, true, HttpStatusCode.Forbidden, "")]
    [InlineData(WorkerRoutes.Append, true, HttpStatusCode.Forbidden, "memory-api, memory-gateway")]
    [InlineData(WorkerRoutes.Append, true, HttpStatusCode.BadRequest, "memory-api")]
    [InlineData(WorkerRoutes.Append, false, HttpStatusCode.Unauthorized, "memory-api")]
    [InlineData(SessionsExtensions.EventRoute, true, HttpStatusCode.OK)]
    [InlineData(SessionsExtensions.EventRoute, true, HttpStatusCode.Forbidden, "memory-api")]
    [InlineData(SessionsExtensions.EventRoute, false, HttpStatusCode.Unauthorized)]
    public async Task Route_TokenAndCallers_AreJudgedBeforeTheBody(string route, bool hasToken, HttpStatusCode status, params string[] callers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(route, UriKind.Relative))
        {
            Content = new StringContent("{", Encoding.UTF8, "application/json"),
        };
        if (hasToken)
        {
            request.Headers.Add("dapr-api-token", SessionsApp.Token);
        }

        foreach (string caller in callers)
        {
            request.Headers.TryAddWithoutValidation(CallerRule.Header, caller);
        }

        (await _http.SendAsync(request)).StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/dapr/config", HttpStatusCode.Unauthorized)]
    public async Task Get_WithoutToken_OnlyHealthAnswers(string path, HttpStatusCode status) =>
        (await _http.GetAsync(new Uri(path, UriKind.Relative))).StatusCode.ShouldBe(status);

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"id":"e1","data":"text"}""")]
    [InlineData("""{"id":"e1","data":{"tenant":"acme","sessionId":"s1","turns":[]}}""")]
    [InlineData("""{"id":"e1","data":{"tenant":"acme","sessionId":"../x","turns":[{"role":"user","content":"Hi"}]}}""")]
    [InlineData("""{"id":"e1","data":{"tenant":"a.b","sessionId":"s1","turns":[{"role":"user","content":"Hi"}]}}""")]
    [InlineData("""{"id":"e1","data":{"tenant":"acme","sessionId":"s1","turns":[null]}}""")]
    [InlineData("""{"id":"e1","data":{"tenant":"acme","sessionId":"s1","turns":[{"role":"user","content":" "}]}}""")]
    [InlineData("""{"id":"e1","data":{"tenant":"acme","sessionId":"s1","turns":[{"content":"Hi"}]}}""")]
    public async Task TurnEvent_ThatIsNone_IsDropped(string body)
    {
        (await DeliverAsync(body)).ShouldBe("DROP");
        (await _app.Actors.Session("acme", "s1").GetAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task TurnEvent_DeliveredTwice_AppendsOnce()
    {
        const string Body =
            """{"id":"e1","source":"chat","data":{"tenant":"acme","sessionId":"s1","user":"anna","turns":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hi"}]}}""";
        (await DeliverAsync(Body)).ShouldBe("SUCCESS");
        _app.Clock.Advance(TimeSpan.FromSeconds(5));
        (await DeliverAsync(Body)).ShouldBe("SUCCESS");
        SessionView view = (await _app.Reader.GetAsync(new SessionKey("acme", "s1"), CancellationToken.None)).Value!;
        view.Window.Select(turn => turn.Role).ShouldBe([TurnRole.User, TurnRole.Assistant]);
        view.Session.Scope.User.ShouldBe("anna");

        // Another user's event for the same session can never succeed.
        (await DeliverAsync(Body.Replace("anna", "ben", StringComparison.Ordinal).Replace("e1", "e2", StringComparison.Ordinal))).ShouldBe("DROP");
    }

    private async Task<string> DeliverAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(SessionsExtensions.EventRoute, UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/cloudevents+json"),
        };
        request.Headers.Add("dapr-api-token", SessionsApp.Token);
        HttpResponseMessage answer = await _http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString()!;
    }

    private static ByteArrayContent Json<T>(T value)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, MemoryJson.Options));
        content.Headers.ContentType = new("application/json");
        return content;
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage answer) =>
        JsonSerializer.Deserialize<T>(await answer.Content.ReadAsStringAsync(), MemoryJson.Options);
}
