using Dapr.Client;
using Dapr.Workflow;
using EmbeddedDapr;
using MemoryDapr.Sessions;
using MemoryDapr.Store;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Stores;
using MemoryDapr.TestKit;
using MemoryDapr.Types;
using MemoryDapr.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Tests.Distill;

/// <summary>The whole of memory-worker on the embedded runtime with a SQLite store, in folders of its own.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly EmbeddedRuntime _runtime;
    private readonly SqliteStore _store;
    private readonly WebApplication _app;

    private WorkerHost(DirectoryInfo folder, EmbeddedRuntime runtime, SqliteStore store, WebApplication app) =>
        (_folder, _runtime, _store, _app) = (folder, runtime, store, app);

    public static Scope Ann { get; } = new("default", "ann");

    public IMemoryStore Store => _store;

    public T Get<T>()
        where T : notnull =>
        _app.Services.GetRequiredService<T>();

    /// <summary>An app of this name that hears the topics of <see cref="EventListener.Topics"/>.</summary>
    public Task<EventListener> ListenAsync() => EventListener.StartAsync(_runtime);

    /// <summary>A client of the worker as memory-api's sidecar sends its calls.</summary>
    public HttpClient CreateApiClient()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.UseEmbeddedSidecar(_runtime, "memory-api");
        builder.Services.AddDaprClient();
        return builder.Build().Services.GetRequiredService<DaprClient>().CreateInvokableHttpClient(WorkerRoutes.AppId);
    }

    public static async Task<WorkerHost> StartAsync(ScriptedModelServer? models = null, params (string Key, string Value)[] settings)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memory-worker-");
        string components = Directory.CreateDirectory(Path.Combine(folder.FullName, "components")).FullName;
        if (models is not null)
        {
            string address = models.Address.ToString().TrimEnd('/');
            await File.WriteAllTextAsync(
                Path.Combine(components, "openai.yaml"),
                $"apiVersion: dapr.io/v1alpha1\nkind: HTTPEndpoint\nmetadata:\n  name: openai\nspec:\n  baseUrl: {address}\n  headers:\n    - name: Authorization\n      value: Bearer endpoint-key\n");
        }

        foreach (string topic in EventListener.Topics)
        {
            await File.WriteAllTextAsync(Path.Combine(components, $"{topic}.yaml"), EventListener.Subscription(topic));
        }

        EmbeddedRuntime runtime = EmbeddedRuntime.Open(
            new EmbeddedRuntimeOptions { DataDirectory = folder.FullName, ResourcesDirectory = components, AppApiToken = "a-token" },
            LoggerFactory.Create(_ => { }));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        if (models is not null)
        {
            builder.Configuration.AddInMemoryCollection([new("Models:ChatModel", "scripted-chat")]);
        }

        SqliteStore store = SqliteStore.Open(new StoreOptions { Directory = folder.FullName });
        builder.UseEmbeddedSidecar(runtime, WorkerRoutes.AppId);
        WorkerApp.AddServices(builder);
        builder.Services.AddSingleton<IMemoryStore>(store);
        WebApplication app = builder.Build();
        WorkerApp.Configure(app);
        await app.StartAsync();
        return new WorkerHost(folder, runtime, store, app);
    }

    /// <summary>Appends turns to a session, has its tail planned, and waits until its last pipeline is at its end.</summary>
    public async Task<PipelineRecord> DistillAsync(string session, params (string? Speaker, string Content)[] turns)
    {
        AppendResult appended = await AppendAsync(session, turns);
        PipelineRecord? tail = await Get<ISessionWindows>().PlanTailAsync(Ann.Tenant, session, CancellationToken.None);
        return await WaitAsync(tail?.Id ?? appended.PipelineId!);
    }

    public async Task<AppendResult> AppendAsync(string session, params (string? Speaker, string Content)[] turns)
    {
        AppendRequest request = new(Ann.Tenant, session, Ann.User, [.. turns.Select((turn, index) => new Turn
        {
            Id = $"{session}-{index}",
            Role = TurnRole.User,
            Speaker = turn.Speaker,
            Content = turn.Content,
            At = new DateTimeOffset(2023, 5, 8, 13, 56, 0, TimeSpan.Zero),
            HasClientId = true,
        })]);
        return (await Get<TurnAppender>().AppendAsync(request, CancellationToken.None)).Value!;
    }

    /// <summary>Waits until the pipeline's workflow has started and ended, and answers its record.</summary>
    public async Task<PipelineRecord> WaitAsync(string pipelineId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var workflows = Get<DaprWorkflowClient>();
        while (!(await workflows.GetWorkflowStateAsync(pipelineId, cancellation: limit.Token)).Exists)
        {
            await Task.Yield();
        }

        await workflows.WaitForWorkflowCompletionAsync(pipelineId, cancellation: limit.Token);
        return (await Store.GetPipelineAsync(null, pipelineId, CancellationToken.None))!;
    }

    public async Task<IReadOnlyList<MemoryItem>> ListAsync(MemoryKind kind)
    {
        var items = new List<MemoryItem>();
        string? cursor = null;
        do
        {
            Page<MemoryItem> page = await Store.ListItemsAsync(
                new ItemQuery { Scope = Ann, Kinds = [kind], Cursor = cursor, Limit = 1000 }, CancellationToken.None);
            items.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return items;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        await _runtime.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
