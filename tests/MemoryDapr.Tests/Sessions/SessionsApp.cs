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
using Microsoft.Data.Sqlite;
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

    private readonly Action<IServiceCollection, IMemoryStore> _replace;

    private SessionsApp(Dictionary<string, string?> settings, Action<IServiceCollection, IMemoryStore> replace) =>
        (_settings, _replace) = (settings, replace);

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

    public static Task<SessionsApp> StartAsync(params (string Name, string Value)[] settings) => StartAsync((_, _) => { }, settings);

    /// <summary>With some of its services replaced, given the store that it has.</summary>
    public static async Task<SessionsApp> StartAsync(
        Action<IServiceCollection, IMemoryStore> replace, params (string Name, string Value)[] settings)
    {
        var app = new SessionsApp(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value), replace);
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

    /// <summary>The names of an actor's rows in the state file: those of <c>actor_state</c> or <c>actor_reminder</c>.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(string table, string actorType, string actorId)
    {
        await using var file = new SqliteConnection($"Data Source={Path.Combine(_folder, "dapr.db")};Mode=ReadOnly;Pooling=False");
        await file.OpenAsync();
        await using SqliteCommand command = file.CreateCommand();
#pragma warning disable CA2100 // The table is one of two, named by tests.
        command.CommandText = $"SELECT name FROM {table} WHERE actor_type = $type AND actor_id = $id";
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$type", actorType);
        command.Parameters.AddWithValue("$id", actorId);
        await using SqliteDataReader reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(20));
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
        _replace(builder.Services, _store.Store);
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
