using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Invocation;

public sealed class GatewayAndTokenTests
{
    // So slow that no token comes back during a test.
    private const string Limit = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {name: limit}
        spec: {type: middleware.http.ratelimit, version: v1, metadata: [{name: maxRequestsPerSecond, value: "0.001"}]}
        scopes: [memory-gateway]
        """;

    [Fact]
    public async Task Gateway_LimitReached_Answers429AsDaprd()
    {
        await using TestRuntime runtime = TestRuntime.Open(resources: ("limit.yaml", Limit));
        (HttpClient socket, _) = await StartAsync(runtime);

        (await socket.GetAsync("/a")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using HttpRequestMessage second = new(HttpMethod.Get, "/a");
        second.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using HttpResponseMessage refused = await socket.SendAsync(second);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await refused.Content.ReadAsStringAsync()).ShouldBe("You have reached maximum request limit.");
        refused.Headers.GetValues("RateLimit-Remaining").ShouldBe(["0"]);
        refused.Headers.GetValues("RateLimit-Reset").ShouldBe(["1"]);
        refused.Headers.Contains("RateLimit-Limit").ShouldBeTrue();
        refused.Headers.Contains("X-Rate-Limit-Limit").ShouldBeTrue();
        refused.Headers.GetValues("X-Rate-Limit-Duration").ShouldBe(["1"]);
        refused.Headers.RetryAfter.ShouldBeNull();
        (await socket.GetAsync("/b")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Gateway_InProcessRequests_AreNotLimited()
    {
        await using TestRuntime runtime = TestRuntime.Open(resources: ("limit.yaml", Limit));
        (_, HttpClient inProcess) = await StartAsync(runtime);

        for (int i = 0; i < 3; i++)
        {
            (await inProcess.GetAsync("/a")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Gateway_NoComponent_NoLimit()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        (HttpClient socket, _) = await StartAsync(runtime);

        for (int i = 0; i < 300; i++)
        {
            (await socket.GetAsync("/a")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("right", "right", HttpStatusCode.OK)]
    [InlineData("right", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("right", null, HttpStatusCode.Unauthorized)]
    [InlineData(null, "anything", HttpStatusCode.Unauthorized)]
    [InlineData(null, "", HttpStatusCode.Unauthorized)]
    public async Task AppToken_ShownByACaller_OnlyTheRightOneIsAdmitted(string? configured, string? shown, HttpStatusCode expected)
    {
        await using TestRuntime runtime = TestRuntime.Open(token: configured);
        WebApplication app = BuildProtected(runtime);
        await app.StartAsync();
        using HttpClient socket = new() { BaseAddress = new Uri(app.Urls.Single()) };
        if (shown is not null)
        {
            socket.DefaultRequestHeaders.Add("dapr-api-token", shown);
        }

        (await socket.GetAsync("/events")).StatusCode.ShouldBe(expected);
        (await socket.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AppToken_RequestOfTheRuntime_IsAdmitted()
    {
        await using TestRuntime runtime = TestRuntime.Open(token: "right");
        WebApplication app = BuildProtected(runtime);
        await app.StartAsync();
        using HttpClient inProcess = runtime.ClientTo("api");

        (await inProcess.GetAsync("/events")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static WebApplication BuildProtected(TestRuntime runtime)
    {
        WebApplication app = runtime.Build(
            "api",
            builder =>
            {
                builder.Services.AddAuthentication().AddDapr();
                builder.Services.AddAuthorization(options => options.AddDapr());
            },
            keepListener: true);
        app.MapGet("/events", () => "in").RequireAuthorization("Dapr");
        app.MapGet("/healthz", () => "up");
        return app;
    }

    private static async Task<(HttpClient Socket, HttpClient InProcess)> StartAsync(TestRuntime runtime)
    {
        WebApplication app = runtime.Build("api", keepListener: true);
        app.UseEmbeddedGateway(runtime.Runtime);
        app.Run(context => context.Response.WriteAsync("ok"));
        await app.StartAsync();
        return (new HttpClient { BaseAddress = new Uri(app.Urls.Single()) }, runtime.ClientTo("api"));
    }
}
