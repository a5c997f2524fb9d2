using System.Net;
using System.Text;
using MemoryDapr.Stores;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

public sealed class InvokedStoreSearchTests : MemoryStoreConformance
{
    private StoreAppHost? _host;

    public override ValueTask DisposeAsync() => _host!.DisposeAsync();

    private protected override async Task<IMemoryStore> OpenAsync()
    {
        _host = await StoreAppHost.StartAsync();
        return await _host.JoinAsync("memory-api");
    }
}

public sealed class InvokedStoreRecordsTests : StoreRecordsConformance
{
    private StoreAppHost? _host;

    public override ValueTask DisposeAsync() => _host!.DisposeAsync();

    private protected override async Task<IMemoryStore> OpenAsync()
    {
        _host = await StoreAppHost.StartAsync();
        return await _host.JoinAsync("memory-worker");
    }
}

public sealed class InvokedStoreEdgesTests : StoreEdgesConformance
{
    private StoreAppHost? _host;

    public override ValueTask DisposeAsync() => _host!.DisposeAsync();

    private protected override async Task<IMemoryStore> OpenAsync()
    {
        _host = await StoreAppHost.StartAsync();
        return await _host.JoinAsync("memory-worker");
    }
}

public sealed class InvokedStoreDistilledTests : StoreDistilledConformance
{
    private StoreAppHost? _host;

    public override ValueTask DisposeAsync() => _host!.DisposeAsync();

    private protected override async Task<IMemoryStore> OpenAsync()
    {
        _host = await StoreAppHost.StartAsync();
        return await _host.JoinAsync("memory-worker");
    }
}

public sealed class StoreAppTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_OfAnAppThatMayNot_IsForbidden()
    {
        await using StoreAppHost host = await StoreAppHost.StartAsync();
        IMemoryStore store = await host.JoinAsync("somebody-else");

        HttpRequestException refused = await Should.ThrowAsync<HttpRequestException>(() => store.SearchAsync(Plan("kitten"), Cancellation));

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(null, "memory-api", HttpStatusCode.Unauthorized)]
    [InlineData("a-guess", "memory-api", HttpStatusCode.Unauthorized)]
    [InlineData(StoreAppHost.Token, null, HttpStatusCode.Forbidden)]
    [InlineData(StoreAppHost.Token, "memory-gateway", HttpStatusCode.Forbidden)]
    [InlineData(StoreAppHost.Token, "memory-api", HttpStatusCode.OK)]
    public async Task Call_PastTheSidecar_WantsTokenAndCaller(string? token, string? caller, HttpStatusCode expected)
    {
        await using StoreAppHost host = await StoreAppHost.StartAsync();

        using HttpResponseMessage response = await PostAsync(host, token, caller is null ? [] : [caller], """{"limit":1}""");

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Call_WithTwoCallers_IsForbidden()
    {
        await using StoreAppHost host = await StoreAppHost.StartAsync();

        using HttpResponseMessage response = await PostAsync(host, StoreAppHost.Token, ["memory-api", "memory-gateway"], """{"limit":1}""");

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"limit":"many"}""")]
    [InlineData("""{"limit":0}""")]
    [InlineData("""{"limit":1001}""")]
    public async Task Call_ThatIsMalformed_IsABadRequestWithoutText(string body)
    {
        await using StoreAppHost host = await StoreAppHost.StartAsync();

        using HttpResponseMessage response = await PostAsync(host, StoreAppHost.Token, ["memory-api"], body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBeEmpty();
    }

    private static async Task<HttpResponseMessage> PostAsync(StoreAppHost host, string? token, IReadOnlyList<string> callers, string body)
    {
        using var client = new HttpClient { BaseAddress = host.Listener };
        using var request = new HttpRequestMessage(HttpMethod.Post, StoreRoutes.ScopeList)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (token is not null)
        {
            request.Headers.Add("dapr-api-token", token);
        }

        foreach (string caller in callers)
        {
            request.Headers.TryAddWithoutValidation("dapr-caller-app-id", caller);
        }

        return await client.SendAsync(request, Cancellation);
    }
}

public sealed class InvokedStoreFailureTests
{
    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "{\"errorCode\":\"ERR_DIRECT_INVOKE\",\"message\":\"context deadline exceeded\"}", true)]
    [InlineData(HttpStatusCode.GatewayTimeout, "", true)]
    [InlineData(HttpStatusCode.InternalServerError, "{\"errorCode\":\"ERR_DIRECT_INVOKE\",\"message\":\"circuit breaker is open\"}", false)]
    [InlineData(HttpStatusCode.InternalServerError, "deadline exceeded", false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "", false)]
    public async Task Call_ThatFails_TellsATimeoutFromTheRest(HttpStatusCode status, string body, bool isTimeout)
    {
        using var client = new HttpClient(new Answering(status, body)) { BaseAddress = new Uri("http://memory-store") };
        var store = new InvokedMemoryStore(client);

        Exception failure = await Should.ThrowAsync<Exception>(() => store.CheckAsync(TestContext.Current.CancellationToken));

        failure.ShouldBeOfType(isTimeout ? typeof(TimeoutException) : typeof(HttpRequestException));
    }

    private sealed class Answering(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
    }
}
