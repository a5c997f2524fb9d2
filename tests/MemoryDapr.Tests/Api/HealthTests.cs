using System.Net;
using System.Text.Json;
using MemoryDapr.Tests.Stores;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Api;

public sealed class HealthTests : IAsyncLifetime
{
    private static readonly (string, string)[] Keys =
    [
        ("Api:Keys:0:Key", "a-key-that-is-long-enough"), ("Api:Keys:0:Tenant", "acme"), ("Api:OperatorKey", "the-operator-s-own-key"),
    ];

    private readonly TemporaryStore _store = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Health_NoKeysAndOneListener_IsInDetail()
    {
        await using ApiHost host = await StartAsync();

        JsonElement health = await GetAsync(host, HttpStatusCode.OK);

        health.GetProperty("status").GetString().ShouldBe("healthy");
        health.GetProperty("dependencies").EnumerateArray().Select(part => part.GetProperty("name").GetString())
            .ShouldBe(["memory-store", "memory-worker"]);
        health.GetProperty("dependencies").EnumerateArray().ShouldAllBe(part => part.GetProperty("healthy").GetBoolean());
    }

    [Fact]
    public async Task Health_WithKeys_IsInDetailForTheOperatorAlone()
    {
        await using ApiHost host = await StartAsync(Keys);

        JsonElement everybody = await GetAsync(host, HttpStatusCode.OK);
        JsonElement tenant = await GetAsync(host, HttpStatusCode.OK, "a-key-that-is-long-enough");
        JsonElement forOperator = await GetAsync(host, HttpStatusCode.OK, "the-operator-s-own-key");

        everybody.EnumerateObject().Select(property => property.Name).ShouldBe(["status"]);
        tenant.EnumerateObject().Select(property => property.Name).ShouldBe(["status"]);
        forOperator.TryGetProperty("dependencies", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Health_WorkerDown_NamesItAndStaysTrueOfTheStore()
    {
        await using ApiHost host = await StartAsync();
        host.Worker.OnRaw("/healthz", HttpStatusCode.InternalServerError, "");

        JsonElement health = await GetAsync(host, HttpStatusCode.ServiceUnavailable);

        health.GetProperty("status").GetString().ShouldBe("unhealthy");
        health.GetProperty("dependencies").EnumerateArray()
            .ToDictionary(part => part.GetProperty("name").GetString()!, part => part.GetProperty("healthy").GetBoolean())
            .ShouldBe(new Dictionary<string, bool> { ["memory-store"] = true, ["memory-worker"] = false });
    }

    private async Task<ApiHost> StartAsync(params (string, string)[] settings)
    {
        ApiHost host = await ApiHost.StartAsync(_store.Store, settings);
        host.Worker.OnRaw("/healthz", HttpStatusCode.OK, "");
        return host;
    }

    private static async Task<JsonElement> GetAsync(ApiHost host, HttpStatusCode status, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        using HttpResponseMessage response = await host.Client.SendAsync(request);
        response.StatusCode.ShouldBe(status);
        using JsonDocument json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.Clone();
    }
}
