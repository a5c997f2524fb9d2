using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Invocation;

public sealed class InvocationTests
{
    private const string Policies = """
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata: {name: r}
        spec:
          policies:
            timeouts: {short: 2s}
            retries:
              twice: {policy: constant, duration: 1s, maxRetries: 2, matching: {httpStatusCodes: "503"}}
            circuitBreakers:
              tight: {maxRequests: 1, interval: 60s, timeout: 10s, trip: consecutiveFailures >= 3}
          targets:
            apps:
              worker: {retry: twice}
              slow: {timeout: short, retry: twice}
              store: {circuitBreaker: tight}
        """;

    [Fact]
    public async Task Invoke_App_PathQueryBodyAndCallerArrive()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        using HttpClient client = await StartAsync(runtime, "worker", async context =>
        {
            using StreamReader reader = new(context.Request.Body);
            await context.Response.WriteAsync(
                $"{context.Request.Path}{context.Request.QueryString} {context.Request.Headers["dapr-caller-app-id"]} {await reader.ReadToEndAsync()}");
        });

        using HttpResponseMessage response = await client.PostAsync("/a%2Fb?q=1", new StringContent("x"));

        (await response.Content.ReadAsStringAsync()).ShouldBe("/a/b?q=1 api x");
    }

    [Fact]
    public async Task Invoke_CallerClaimsAnotherAppId_DaprsValueIsLast()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        using HttpClient client = await StartAsync(
            runtime, "worker", context => context.Response.WriteAsync(string.Join('|', context.Request.Headers["dapr-caller-app-id"].ToArray())));
        client.DefaultRequestHeaders.Add("dapr-caller-app-id", "forged");

        (await client.GetStringAsync("/")).ShouldBe("forged|api");
    }

    [Fact]
    public async Task Invoke_ConnectionNamesTheCallerHeader_ItIsStripped()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        using HttpClient client = await StartAsync(
            runtime, "worker", context => context.Response.WriteAsync($"[{context.Request.Headers["dapr-caller-app-id"]}]"));
        client.DefaultRequestHeaders.Connection.Add("dapr-caller-app-id");

        (await client.GetStringAsync("/")).ShouldBe("[]");
    }

    [Fact]
    public async Task Invoke_UnknownTarget_Answers500DirectInvoke()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        using HttpClient client = await StartAsync(runtime, "worker", _ => Task.CompletedTask);

        using HttpResponseMessage response = await client.GetAsync(new Uri("http://nobody/"));

        await ShouldBeDirectInvokeAsync(response, "nobody");
    }

    [Fact]
    public async Task Invoke_AppIsDown_Answers500DirectInvoke()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        runtime.Build("later");
        using HttpClient client = await StartAsync(runtime, "worker", _ => Task.CompletedTask);

        using HttpResponseMessage response = await client.GetAsync(new Uri("http://later/"));

        await ShouldBeDirectInvokeAsync(response, "connection refused");
    }

    [Theory]
    [InlineData(4 * 1024 * 1024, HttpStatusCode.OK)]
    [InlineData((4 * 1024 * 1024) + 1, HttpStatusCode.InternalServerError)]
    public async Task Invoke_BodyAroundFourMebibytes_LargerIsTooLarge(int bytes, HttpStatusCode expected)
    {
        await using TestRuntime runtime = TestRuntime.Open();
        using HttpClient client = await StartAsync(runtime, "worker", context => context.Request.Body.CopyToAsync(Stream.Null));

        using HttpResponseMessage response = await client.PostAsync("/", new ByteArrayContent(new byte[bytes]));

        response.StatusCode.ShouldBe(expected);
        if (expected != HttpStatusCode.OK)
        {
            await ShouldBeDirectInvokeAsync(response, "stream too large");
        }
    }

    [Fact]
    public async Task Invoke_ListedStatus_IsRetriedThenPasses()
    {
        FakeTimeProvider time = new();
        await using TestRuntime runtime = TestRuntime.Open(time: time, resources: ("r.yaml", Policies));
        int calls = 0;
        using HttpClient client = await StartAsync(runtime, "worker", context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref calls) < 3 ? 503 : 200;
            return Task.CompletedTask;
        });

        Task<HttpResponseMessage> answer = client.PostAsync("/", new StringContent("again"));
        await AdvanceUntilAsync(time, answer);

        (await answer).StatusCode.ShouldBe(HttpStatusCode.OK);
        calls.ShouldBe(3);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    public async Task Invoke_StatusNotListed_IsNotRetried(int status)
    {
        await using TestRuntime runtime = TestRuntime.Open(resources: ("r.yaml", Policies));
        int calls = 0;
        using HttpClient client = await StartAsync(runtime, "worker", context =>
        {
            calls++;
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        using HttpResponseMessage response = await client.GetAsync("/");

        ((int)response.StatusCode).ShouldBe(status);
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task Invoke_ChunkedBody_IsNeverRetried()
    {
        await using TestRuntime runtime = TestRuntime.Open(resources: ("r.yaml", Policies));
        int calls = 0;
        using HttpClient client = await StartAsync(runtime, "worker", context =>
        {
            calls++;
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });

        using HttpResponseMessage response = await client.PostAsJsonAsync("/", new { a = 1 });

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task Invoke_NoAnswerInTime_RetriesThenDeadlineExceeded()
    {
        FakeTimeProvider time = new();
        await using TestRuntime runtime = TestRuntime.Open(time: time, resources: ("r.yaml", Policies));
        using SemaphoreSlim called = new(0);
        using HttpClient client = await StartAsync(runtime, "slow", async context =>
        {
            called.Release();
            TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using CancellationTokenRegistration registration = context.RequestAborted.Register(aborted.SetResult);
            await aborted.Task;
        });

        Task<HttpResponseMessage> answer = client.GetAsync("/");
        await AdvanceUntilAsync(time, answer);

        await ShouldBeDirectInvokeAsync(await answer, "context deadline exceeded");
        // An attempt that ran out of time still reaches the app, perhaps after the answer.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            await called.WaitAsync();
        }

        called.CurrentCount.ShouldBe(0);
    }

    [Fact]
    public async Task Invoke_RepeatedFailures_OpenTheBreakerForThatPathUntilItsTimeout()
    {
        FakeTimeProvider time = new();
        await using TestRuntime runtime = TestRuntime.Open(time: time, resources: ("r.yaml", Policies));
        int status = 404;
        using HttpClient client = await StartAsync(runtime, "store", context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        for (int i = 0; i < 3; i++)
        {
            (await client.GetAsync("/a")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        await ShouldBeDirectInvokeAsync(await client.GetAsync("/a"), "circuit breaker is open");
        (await client.GetAsync("/b")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        status = 200;
        time.Advance(TimeSpan.FromSeconds(10));
        (await client.GetAsync("/a")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/a")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Invoke_FailuresFurtherApartThanTheInterval_NeverOpenTheBreaker()
    {
        FakeTimeProvider time = new();
        await using TestRuntime runtime = TestRuntime.Open(time: time, resources: ("r.yaml", Policies));
        using HttpClient client = await StartAsync(runtime, "store", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });

        for (int i = 0; i < 6; i++)
        {
            using HttpResponseMessage response = await client.GetAsync("/");
            (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
            time.Advance(TimeSpan.FromSeconds(31));
        }
    }

    [Fact]
    public async Task Invoke_HttpEndpoint_ItsHeadersReplaceTheCallersAndNoTokenLeaves()
    {
        await using TestRuntime runtime = await OpenWithEndpointAsync();
        using HttpClient client = ClientOf(runtime.Build("api"), "openai");
        client.DefaultRequestHeaders.Add("Authorization", "Bearer dummy");

        string seen = await client.GetStringAsync("/v1/models?x=1");

        seen.ShouldBe("/base/v1/models?x=1 Bearer real [] []");
    }

    [Fact]
    public async Task Invoke_HttpEndpointScopedToAnotherApp_IsUnknown()
    {
        await using TestRuntime runtime = await OpenWithEndpointAsync();
        using HttpClient client = ClientOf(runtime.Build("stranger"), "openai");

        await ShouldBeDirectInvokeAsync(await client.GetAsync("/v1/models"), "openai");
    }

    [Fact]
    public async Task CheckHealth_AppNotUpYet_OnlyOutboundIsHealthy()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication app = runtime.Build("api", builder => builder.Services.AddDaprClient());
        DaprClient dapr = app.Services.GetRequiredService<DaprClient>();

        (await dapr.CheckOutboundHealthAsync()).ShouldBeTrue();
        (await dapr.CheckHealthAsync()).ShouldBeFalse();
        await app.StartAsync();
        (await dapr.CheckHealthAsync()).ShouldBeTrue();
    }

    private static async Task<HttpClient> StartAsync(TestRuntime runtime, string target, RequestDelegate handler)
    {
        WebApplication app = runtime.Build(target);
        app.Run(handler);
        await app.StartAsync();
        return ClientOf(runtime.Build("api", builder => builder.Services.AddDaprClient()), target);
    }

    private static HttpClient ClientOf(WebApplication app, string target)
    {
        DaprClient dapr = app.Services.GetService<DaprClient>()
            ?? new DaprClientBuilder(app.Services.GetRequiredService<EmbeddedSidecar>()).Build();
        return dapr.CreateInvokableHttpClient(target);
    }

    private static async Task<TestRuntime> OpenWithEndpointAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        WebApplication outside = builder.Build();
        outside.Urls.Add("http://127.0.0.1:0");
        outside.Run(context => context.Response.WriteAsync(
            $"{context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization} " +
            $"[{context.Request.Headers["dapr-api-token"]}] [{context.Request.Headers["dapr-caller-app-id"]}]"));
        await outside.StartAsync();
        string endpoint = $$"""
            apiVersion: dapr.io/v1alpha1
            kind: HTTPEndpoint
            metadata: {name: openai}
            spec:
              baseUrl: {{outside.Urls.Single()}}/base
              headers: [{name: Authorization, value: Bearer real}]
            scopes: [api]
            """;
        TestRuntime runtime = TestRuntime.Open(token: "secret", resources: ("openai.yaml", endpoint));
        runtime.Own(outside);
        return runtime;
    }

    // Time moves only while the call is unfinished; each step lets the waits that are due now run.
    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Task task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    private static async Task ShouldBeDirectInvokeAsync(HttpResponseMessage response, string message)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        body.GetProperty("errorCode").GetString().ShouldBe("ERR_DIRECT_INVOKE");
        body.GetProperty("message").GetString()!.ShouldContain(message);
    }
}
