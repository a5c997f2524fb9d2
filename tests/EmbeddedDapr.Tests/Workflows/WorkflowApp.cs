using Dapr.Workflow;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Tests.Workflows;

/// <summary>An app with workflows on a runtime of its own, in a folder that may outlive it.</summary>
internal sealed class WorkflowApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WorkflowApp(EmbeddedRuntime runtime, WebApplication app)
    {
        Runtime = runtime;
        _app = app;
        Client = app.Services.GetRequiredService<DaprWorkflowClient>();
    }

    public EmbeddedRuntime Runtime { get; }

    public DaprWorkflowClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<WorkflowApp> StartAsync(
        TemporaryFolder folder,
        Action<WorkflowRuntimeOptions> register,
        TimeProvider? time = null,
        Action<IServiceCollection>? services = null,
        ILoggerProvider? logs = null,
        TimeSpan? retention = null)
    {
        EmbeddedRuntime runtime = EmbeddedRuntime.Open(
            new EmbeddedRuntimeOptions
            {
                DataDirectory = folder.Path,
                ResourcesDirectory = Directory.CreateDirectory(Path.Combine(folder.Path, "components")).FullName,
                TimeProvider = time ?? TimeProvider.System,
                WorkflowRetention = retention ?? TimeSpan.FromDays(7),
            },
            LoggerFactory.Create(_ => { }));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (logs is not null)
            builder.Logging.AddProvider(logs);

        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.UseEmbeddedSidecar(runtime, "worker");
        builder.Services.AddDaprWorkflow(register);
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        await app.StartAsync();
        return new WorkflowApp(runtime, app);
    }

    /// <summary>Schedules a workflow and waits for its end.</summary>
    public async Task<WorkflowState> RunAsync(string workflow, object? input = null, string? id = null)
    {
        string instanceId = await Client.ScheduleNewWorkflowAsync(workflow, id, input);
        return await Client.WaitForWorkflowCompletionAsync(instanceId).WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Waits until the instance is out of memory and answers when it is due again, after the given time.</summary>
    public async Task<DateTimeOffset> DueAsync(string instanceId, DateTimeOffset after = default)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            long? due = await Runtime.Database.ReadAsync(
                session => session.Query<long?>(
                    "SELECT due_at FROM workflow_instances WHERE instance_id = $0 AND claimed = 0 AND due_at IS NOT NULL AND status = 0 AND due_at > $1",
                    static row => row.GetInt64(0),
                    instanceId,
                    after.ToUnixTimeMilliseconds()).FirstOrDefault(),
                limit.Token);
            if (due is not null)
                return DateTimeOffset.FromUnixTimeMilliseconds(due.Value);

            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Runtime.DisposeAsync();
    }
}
