using System.Net;
using MemoryDapr.Api;
using MemoryDapr.Types;
using MemoryDapr.Upkeep;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Api;

public sealed class IdentityTests
{
    private const string AcmeKey = "acme-key-0123456789";
    private const string BetaKey = "beta-key-0123456789";
    private const string OperatorKey = "operator-0123456789";
    private const string Body = """{"turns":[{"role":"user","content":"hi"}]}""";

    private static readonly (string, string)[] Keys =
    [
        ("Api:Keys:0:Tenant", "acme"),
        ("Api:Keys:0:Key", AcmeKey),
        ("Api:Keys:1:Tenant", "beta"),
        ("Api:Keys:1:KeySha256", Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(BetaKey)))),
        ("Api:OperatorKey", OperatorKey),
    ];

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("acme-key-012345678")]
    public async Task Request_WithoutAValidKey_Is401(string? key)
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: Keys);

        using HttpResponseMessage response = await SendAsync(host, HttpMethod.Post, "/memory/turns", key);

        await ProblemDocument.ReadFaultsAsync(response, 401, "unauthenticated");
        host.Worker.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(AcmeKey, "acme")]
    [InlineData(BetaKey, "beta")]
    public async Task Append_WithAKey_IsTheTenantsOfTheKey(string key, string tenant)
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: Keys);

        using HttpResponseMessage response = await SendAsync(host, HttpMethod.Post, "/memory/sessions/s1/turns", key);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Worker.Calls.Single().Body.GetProperty("tenant").GetString().ShouldBe(tenant);
    }

    [Fact]
    public async Task Append_WithoutConfiguredKeys_IsTheDefaultTenants()
    {
        await using ApiHost host = await ApiHost.StartAsync();

        using HttpResponseMessage response = await SendAsync(host, HttpMethod.Post, "/memory/sessions/s1/turns", null);

        host.Worker.Calls.Single().Body.GetProperty("tenant").GetString().ShouldBe("default");
    }

    [Theory]
    [InlineData("GET", "/memory/sessions", 403)]
    [InlineData("DELETE", "/memory/users/anna", 403)]
    [InlineData("GET", "/memory/nothing", 404)]
    public async Task Operator_ReadsNoMemory(string method, string path, int status)
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: Keys);

        using HttpResponseMessage response = await SendAsync(host, new HttpMethod(method), path, OperatorKey);

        ((int)response.StatusCode).ShouldBe(status);
        host.Worker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pipelines_AskedByTheOperator_AreAllTenants()
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: Keys);
        host.Worker.On<PipelineKey, PipelineView>(WorkerRoutes.Pipeline, _ => new Refusal(RefusalKind.NotFound, "There is no such pipeline."));

        using HttpResponseMessage response = await SendAsync(host, HttpMethod.Get, "/memory/pipelines/distill-1", OperatorKey);

        await ProblemDocument.ReadFaultsAsync(response, 404, "not-found");
        host.Worker.Calls.Single().Body.TryGetProperty("tenant", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(AcmeKey, "acme")]
    [InlineData(OperatorKey, null)]
    [InlineData(null, null)]
    public async Task Jobs_AskedWithAKey_AreAskedForInItsName(string? key, string? tenant)
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: key is null ? [] : Keys);
        host.Worker.On<JobsRequest, JobsReport>(WorkerRoutes.Jobs, _ => new JobsReport(true, []));

        using HttpResponseMessage response = await SendAsync(host, HttpMethod.Get, "/memory/jobs", key);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Worker.Calls.Single().Body.TryGetProperty("tenant", out System.Text.Json.JsonElement asked).ShouldBe(tenant is not null);
        (tenant is null ? null : asked.GetString()).ShouldBe(tenant);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData(AcmeKey, 401)]
    [InlineData(OperatorKey, 200)]
    public async Task Metrics_WithKeys_WantTheOperators(string? key, int status)
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: Keys);

        using HttpResponseMessage response = await SendAsync(host, HttpMethod.Get, "/metrics", key);

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Preflight_OfAnAllowedOrigin_NeedsNoKey()
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: [.. Keys, ("Api:CorsOrigins:0", "https://app.example.com")]);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/memory/recall");
        request.Headers.Add("Origin", "https://app.example.com");
        request.Headers.Add("Access-Control-Request-Method", "POST");

        using HttpResponseMessage response = await host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://app.example.com"]);
    }

    [Theory]
    [InlineData("my-id_1.2", true)]
    [InlineData("a b", false)]
    [InlineData("<script>", false)]
    public async Task Response_CarriesARequestId(string id, bool isKept)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.TryAddWithoutValidation("X-Request-ID", id);

        using HttpResponseMessage response = await host.Client.SendAsync(request);

        string given = response.Headers.GetValues("X-Request-ID").Single();
        (given == id).ShouldBe(isKept);
        given.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Quota_UsedUp_Is429WithRetryAfter()
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: [.. Keys, ("Api:Quotas:WritesPerMinute", "2")]);

        using HttpResponseMessage first = await SendAsync(host, HttpMethod.Post, "/memory/sessions/s1/turns", AcmeKey);
        using HttpResponseMessage second = await SendAsync(host, HttpMethod.Post, "/memory/sessions/s1/turns", AcmeKey);
        using HttpResponseMessage third = await SendAsync(host, HttpMethod.Post, "/memory/sessions/s1/turns", AcmeKey);
        using HttpResponseMessage other = await SendAsync(host, HttpMethod.Post, "/memory/sessions/s1/turns", BetaKey);

        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        await ProblemDocument.ReadFaultsAsync(third, 429, "quota-exceeded");
        third.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Start_BadOptions_ListsEveryFaultAndNoKey()
    {
        InvalidConfigurationException exception = await Should.ThrowAsync<InvalidConfigurationException>(() => ApiHost.StartAsync(settings:
        [
            ("Api:Keys:0:Tenant", "a b"), ("Api:Keys:0:Key", "short"), ("Api:OperatorKey", "tiny"), ("Api:CorsOrigins:0", "nowhere"),
            ("Recall:Deadline", "1.00:00:00"), ("Recall:ContextTokens", "0"),
        ]));

        exception.Faults.Select(fault => fault.Option).ShouldBe(
            ["Api:Keys[0]:Tenant", "Api:Keys[0]:Key", "Api:OperatorKey", "Api:CorsOrigins[0]", "Recall:Deadline", "Recall:ContextTokens"],
            ignoreOrder: true);
        exception.Message.ShouldNotContain("short");
        exception.Message.ShouldNotContain("tiny");
    }

    [Fact]
    public void BesideASidecar_WithoutKeys_IsAFaultUnlessMeant()
    {
        ApiIdentity.FaultsBesideSidecar(new ApiOptions()).Count.ShouldBe(1);
        ApiIdentity.FaultsBesideSidecar(new ApiOptions { AllowAnonymous = true }).ShouldBeEmpty();
        ApiIdentity.FaultsBesideSidecar(new ApiOptions { Keys = [new ApiKeyOptions { Tenant = "acme", Key = AcmeKey }] }).ShouldBeEmpty();
    }

    private static async Task<HttpResponseMessage> SendAsync(ApiHost host, HttpMethod method, string path, string? key)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent(Body, System.Text.Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        return await host.Client.SendAsync(request);
    }
}
