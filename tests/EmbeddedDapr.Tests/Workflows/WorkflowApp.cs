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
        ILoggerProvider? logs = null)
    {
        EmbeddedRuntime runtime = EmbeddedRuntime.Open(
            new EmbeddedRuntimeOptions
            {
                DataDirectory = folder.Path,
                ResourcesDirectory = Directory.CreateDirectory(Path.Combine(folder.Path, "components")).FullName,
                TimeProvider = time ?? TimeProvider.System,
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

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Runtime.DisposeAsync();
    }
}
