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
