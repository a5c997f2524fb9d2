using Dapr.Actors.Client;
using Dapr.Client;
using EmbeddedDapr;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Outbox;
using MemoryDapr.Tests.Stores;
using MemoryDapr.Types;
using MemoryDapr.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace MemoryDapr.Tests.Sessions;

/// <summary>memory-worker on the embedded runtime and a SQLite store, with a clock of its own and pipelines that are only taken down.</summary>
internal sealed class SessionsApp : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sessions-").FullName;
    private readonly TemporaryStore _store = new();
    private readonly Dictionary<string, string?> _settings;
    private EmbeddedRuntime? _runtime;
    private WebApplication? _worker;

    private SessionsApp(Dictionary<string, string?> settings) => _settings = settings;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public RecordingScheduler Scheduler { get; } = new();

    public IMemoryStore Store => _store.Store;

    public IServiceProvider Services => _worker!.Services;

    public TurnAppender Appender => Services.GetRequiredService<TurnAppender>();

    public SessionReader Reader => Services.GetRequiredService<SessionReader>();

    public ISessionWindows Windows => Services.GetRequiredService<ISessionWindows>();

    public IActorProxyFactory Actors => Services.GetRequiredService<IActorProxyFactory>();

    public Uri Address => new(_worker!.Urls.First());

    public static string Token => "a-token";

    public static async Task<SessionsApp> StartAsync(params (string Name, string Value)[] settings)
    {
        var app = new SessionsApp(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        await app.StartAppsAsync();
        return app;
    }

    public Task<Outcome<AppendResult>> AppendAsync(string sessionId, IReadOnlyList<Turn> turns, string? user = "anna") =>
        Appender.AppendAsync(new AppendRequest("acme", sessionId, user, turns), CancellationToken.None);

    /// <summary>A client of the worker as memory-api's sidecar, or another app's, sends its calls.</summary>
    public HttpClient ClientOf(string appId)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.UseEmbeddedSidecar(_runtime!, appId);
        builder.Services.AddDaprClient();
        return builder.Build().Services.GetRequiredService<DaprClient>().CreateInvokableHttpClient(WorkerRoutes.AppId);
    }

    /// <summary>Waits until the session is indexed and its pipelines are scheduled, or closed.</summary>
    public Task WhenCaughtUpAsync(string sessionId) => UntilAsync(async () =>
        await Actors.Session("acme", sessionId).ReadPendingAsync(new PendingQuery(1, 1)) is not { IsBehind: true });

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async Task RestartAsync()
    {
        await StopAppsAsync();
        await StartAppsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAppsAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAppsAsync()
    {
        _runtime = EmbeddedRuntime.Open(
            new EmbeddedRuntimeOptions { DataDirectory = _folder, ResourcesDirectory = _folder, TimeProvider = Clock, AppApiToken = Token },
            NullLoggerFactory.Instance);
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.UseEmbeddedSidecar(_runtime, WorkerRoutes.AppId, keepListener: true);
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<IMemoryStore>(_store.Store);
        builder.Services.AddSingleton(Substitute.For<IDerivedRebuilder>());
        builder.Services.AddSingleton(Substitute.For<ITextSimilarity>());
        builder.Services.AddSingleton(new PromoteOptions());
        WorkerApp.AddServices(builder);
        builder.Services.AddSingleton<IPipelineScheduler>(Scheduler);

        // Events stay in the outbox, where they can be seen.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(OutboxPublisher)));
        builder.Logging.ClearProviders();
        _worker = builder.Build();
        WorkerApp.Configure(_worker);
        await _worker.StartAsync();
    }

    private async Task StopAppsAsync()
    {
        await _worker!.StopAsync();
        await _worker.DisposeAsync();
        await _runtime!.DisposeAsync();
    }
}
