using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Invocation;

public sealed class InProcessChannelTests
{
    [Fact]
    public async Task Send_AppWithoutListener_ServesMethodPathQueryHeadersAndBody()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication app = runtime.Build("worker");
        app.MapPost("/items/{id}", async (string id, HttpRequest request) =>
        {
            using StreamReader reader = new(request.Body);
            request.HttpContext.Response.Headers["X-Seen"] = request.Headers["X-Sent"];
            return Results.Text($"{id} {request.QueryString} {request.ContentLength} {await reader.ReadToEndAsync()}");
        });
        await app.StartAsync();

        using HttpClient client = runtime.ClientTo("worker");
        using HttpRequestMessage request = new(HttpMethod.Post, "/items/a%20b?x=%C3%A4") { Content = new StringContent("grüße") };
        request.Headers.Add("X-Sent", "yes");
        using HttpResponseMessage response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("X-Seen").ShouldBe(["yes"]);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await response.Content.ReadAsStringAsync()).ShouldBe("a b ?x=%C3%A4 7 grüße");
    }

    [Fact]
    public async Task Send_AppWithListener_BothWaysReachTheSamePipeline()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication app = runtime.Build("api", keepListener: true);
        int calls = 0;
        app.MapGet("/count", () => Interlocked.Increment(ref calls));
        await app.StartAsync();

        using HttpClient inProcess = runtime.ClientTo("api");
        using HttpClient socket = new() { BaseAddress = new Uri(app.Urls.Single()) };

        (await inProcess.GetStringAsync("/count")).ShouldBe("1");
        (await socket.GetStringAsync("/count")).ShouldBe("2");
    }

    [Fact]
    public async Task Send_AppNotStarted_FailsAsARefusedConnection()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        runtime.Build("worker");
        using HttpClient client = runtime.ClientTo("worker");

        HttpRequestException failure = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync("/"));

        failure.HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
    }

    [Fact]
    public async Task Send_AppStopped_FailsAsARefusedConnection()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication app = runtime.Build("worker");
        app.MapGet("/", () => "up");
        await app.StartAsync();
        using HttpClient client = runtime.ClientTo("worker");
        (await client.GetStringAsync("/")).ShouldBe("up");

        await app.StopAsync();

        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync("/"));
    }

    [Fact]
    public async Task Stop_RequestRunning_WaitsForItsAnswer()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication app = runtime.Build("worker");
        TaskCompletionSource entered = new();
        TaskCompletionSource release = new();
        app.MapGet("/", async () =>
        {
            entered.SetResult();
            await release.Task;
            return "finished";
        });
        await app.StartAsync();
        using HttpClient client = runtime.ClientTo("worker");
        Task<string> answer = client.GetStringAsync("/");
        await entered.Task;

        Task stop = app.StopAsync();
        stop.IsCompleted.ShouldBeFalse();
        release.SetResult();

        (await answer).ShouldBe("finished");
        await stop;
    }

    [Fact]
    public async Task Send_AppThrows_Answers500WithoutAWord()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication app = runtime.Build("worker");
        app.Run(context =>
        {
            context.Response.Headers["X-Prepared"] = "yes";
            throw new InvalidOperationException("secret");
        });
        await app.StartAsync();
        using HttpClient client = runtime.ClientTo("worker");

        using HttpResponseMessage response = await client.GetAsync("/");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        response.Headers.Contains("X-Prepared").ShouldBeFalse();
        (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_AppThrowsInTheMiddleOfTheBody_ReadingFails()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication app = runtime.Build("worker");
        app.Run(async context =>
        {
            await context.Response.WriteAsync("half");
            throw new InvalidOperationException();
        });
        await app.StartAsync();
        using HttpClient client = runtime.ClientTo("worker");

        using HttpResponseMessage response = await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Send_BodyFlushedInParts_ArrivesWhileTheAppStillWrites()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication app = runtime.Build("worker");
        TaskCompletionSource firstRead = new();
        app.Run(async context =>
        {
            await context.Response.WriteAsync("one");
            await context.Response.Body.FlushAsync();
            await firstRead.Task;
            await context.Response.WriteAsync("two");
        });
        await app.StartAsync();
        using HttpClient client = runtime.ClientTo("worker");

        using HttpResponseMessage response = await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] part = new byte[16];
        int first = await body.ReadAsync(part);
        Encoding.UTF8.GetString(part, 0, first).ShouldBe("one");
        firstRead.SetResult();
        int second = await body.ReadAsync(part);

        Encoding.UTF8.GetString(part, 0, second).ShouldBe("two");
        (await body.ReadAsync(part)).ShouldBe(0);
    }

    [Fact]
    public async Task Send_CallerCancels_RequestIsAborted()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication app = runtime.Build("worker");
        TaskCompletionSource entered = new();
        TaskCompletionSource aborted = new();
        app.Run(async context =>
        {
            entered.SetResult();
            context.RequestAborted.Register(aborted.SetResult);
            await aborted.Task;
        });
        await app.StartAsync();
        using HttpClient client = runtime.ClientTo("worker");
        using CancellationTokenSource cancel = new();
        Task<HttpResponseMessage> answer = client.GetAsync("/", cancel.Token);
        await entered.Task;

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer);
        await aborted.Task;
    }

    [Fact]
    public async Task Send_CallerDropsTheBody_RequestIsAborted()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication app = runtime.Build("worker");
        TaskCompletionSource aborted = new();
        app.Run(async context =>
        {
            context.RequestAborted.Register(aborted.SetResult);
            await context.Response.WriteAsync("endless");
            await aborted.Task;
        });
        await app.StartAsync();
        using HttpClient client = runtime.ClientTo("worker");

        HttpResponseMessage response = await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead);
        response.Dispose();

        await aborted.Task;
    }

    [Fact]
    public async Task Send_TokenSet_EveryRequestCarriesItOnceOverTheCallers()
    {
        await using TestRuntime runtime = TestRuntime.Open(token: "right");
        WebApplication app = runtime.Build("worker");
        app.MapGet("/", (HttpRequest request) => request.Headers["dapr-api-token"].ToString());
        await app.StartAsync();
        using HttpClient client = runtime.ClientTo("worker");
        client.DefaultRequestHeaders.Add("dapr-api-token", "forged");

        (await client.GetStringAsync("/")).ShouldBe("right");
    }

    [Fact]
    public async Task Send_CallerInsideARequest_KeepsItsOwnHttpContext()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication worker = runtime.Build("worker", builder => builder.Services.AddHttpContextAccessor());
        worker.MapGet("/", (IHttpContextAccessor accessor) => accessor.HttpContext!.Request.Host.Value);
        await worker.StartAsync();
        using HttpClient toWorker = runtime.ClientTo("worker");
        WebApplication api = runtime.Build("api", builder => builder.Services.AddHttpContextAccessor());
        api.MapGet("/", async (IHttpContextAccessor accessor) =>
        {
            string inner = await toWorker.GetStringAsync("/");
            return $"{inner} {accessor.HttpContext?.Request.Host.Value}";
        });
        await api.StartAsync();
        using HttpClient toApi = runtime.ClientTo("api");

        (await toApi.GetStringAsync("/")).ShouldBe("worker api");
    }

    [Fact]
    public async Task Send_ActivityCurrent_TraceparentFlows()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        WebApplication app = runtime.Build("worker");
        app.MapGet("/", (HttpRequest request) => request.Headers.TraceParent.ToString());
        await app.StartAsync();
        using HttpClient client = runtime.ClientTo("worker");
        using Activity activity = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();

        (await client.GetStringAsync("/")).ShouldBe(activity.Id);
    }

    [Fact]
    public async Task Join_SameAppIdTwice_IsRefused()
    {
        await using TestRuntime runtime = TestRuntime.Open();
        runtime.Build("worker");

        Should.Throw<InvalidOperationException>(() => runtime.Build("worker")).Message.ShouldContain("worker");
    }
}
