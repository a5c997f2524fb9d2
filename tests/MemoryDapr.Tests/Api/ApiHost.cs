using System.Net.Http.Headers;
using System.Text;
using MemoryDapr.Api;
using MemoryDapr.Api.Worker;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSubstitute;

namespace MemoryDapr.Tests.Api;

/// <summary>memory-api on a loopback port, with a worker that records and a store of the test's choice.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, RecordingWorker worker, IMemoryStore store, RecordingLogs logs)
    {
        _app = app;
        Worker = worker;
        Store = store;
        Logs = logs;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public RecordingWorker Worker { get; }

    public IMemoryStore Store { get; }

    public RecordingLogs Logs { get; }

    public HttpClient Client { get; }

    public static async Task<ApiHost> StartAsync(IMemoryStore? store = null, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(entry => entry.Key, entry => (string?)entry.Value));
        builder.Services.AddRoutingCore();
        var worker = new RecordingWorker();
        RecordingLogs logs = new();
        store ??= Substitute.For<IMemoryStore>();
        worker.On<AppendRequest, AppendResult>(WorkerRoutes.Append, Append);
        builder.Services.AddSingleton(store);
#pragma warning disable CA2000 // The host lives as long as the client.
        builder.Services.AddSingleton(new WorkerClient(new HttpClient(worker) { BaseAddress = new Uri("http://memory-worker") }));
#pragma warning restore CA2000
        ApiApp.AddServices(builder);
        builder.Logging.ClearProviders().AddProvider(logs);
        WebApplication app = builder.Build();
        app.Services.EnsureValid();
        ApiApp.Configure(app);
        await app.StartAsync();
        return new ApiHost(app, worker, store, logs);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json) => PostAsync(path, Encoding.UTF8.GetBytes(json));

    public async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string type = "application/json")
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        return await Client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static Outcome<AppendResult> Append(AppendRequest request)
    {
        Scope scope = new(request.Tenant, request.User ?? "default");
        return new AppendResult(
            scope.User,
            [.. request.Turns.Select(turn => new AppendedTurn(turn.Id, ItemId.ForTurn(scope, request.SessionId, turn.Id), TurnStatus.Accepted))],
            request.Turns.Count,
            null);
    }
}
