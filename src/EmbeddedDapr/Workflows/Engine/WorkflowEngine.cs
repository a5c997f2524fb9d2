using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using Dapr.Workflow;
using EmbeddedDapr.Resources;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Workflows;

/// <summary>An app's workflows: it runs them while the app runs, and answers the app's client at any time.</summary>
internal sealed partial class WorkflowEngine : IHostedService, IDisposable
{
    /// <summary>How long a stop waits for activities that run; one that takes longer runs again after the next start.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private static readonly SearchValues<char> ForbiddenInIds = SearchValues.Create('/', '\\', '#', '?');

    private readonly WorkflowServices _workflows;
    private readonly WorkflowResidence _residence;
    private readonly ActivityWorkers _activities;
    private readonly TurnWorkers _turns;
    private readonly WorkflowRetention _retention;
    private readonly CancellationTokenSource _stopping = new();
    private Task _background = Task.CompletedTask;

    public WorkflowEngine(EmbeddedSidecar sidecar, IEnumerable<WorkflowRuntimeOptions> options, IServiceProvider services)
    {
        EmbeddedRuntime runtime = sidecar.Runtime;
        ILoggerFactory loggers = services.GetRequiredService<ILoggerFactory>();
        ILogger logger = loggers.CreateLogger<WorkflowEngine>();
        var registry = new WorkflowRegistry();
        foreach (WorkflowRuntimeOptions registrations in options)
            registry.Add(registrations.Registry);

        WorkflowLimits limits = runtime.Resources.WorkflowLimitsOf(sidecar.AppId);
        var store = new WorkflowStore(runtime.Database, sidecar.AppId);
        _workflows = new WorkflowServices(
            sidecar.AppId, store, registry, new WorkflowWaiters(), services, runtime.Time, loggers, logger);
        _residence = new WorkflowResidence(_workflows, workflow => _turns!.Wake(workflow));
        _activities = new ActivityWorkers(new ActivityRunner(registry, services, logger), limits, workflow => _turns!.Wake(workflow));
        _turns = new TurnWorkers(_workflows, _activities, _residence, limits.Workflows);
        _retention = new WorkflowRetention(_workflows, runtime.Options.WorkflowRetention);
    }

    public WorkflowWaiters Waiters => _workflows.Waiters;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _workflows.Store.ReleaseAllAsync(cancellationToken);

        // What runs here belongs to no request and no trace of whoever starts the app.
        using AsyncFlowControl flow = ExecutionContext.SuppressFlow();
        _turns.Start();
        _activities.Start(_stopping.Token);
        _residence.Open();
        _background = Task.WhenAll(_residence.RunAsync(_stopping.Token), _retention.RunAsync(_stopping.Token));
    }

    /// <summary>Takes no more work, waits a while for the activities that run, and writes what has come in. The rest goes on at the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _residence.Close();
        await _stopping.CancelAsync();
        await _background;
        try
        {
            await _activities.DrainAsync().WaitAsync(DrainTime, _workflows.Time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogActivitiesLeft(_workflows.Logger);
        }

        await _turns.DrainAsync();
        _workflows.Waiters.Close(new RpcException(new Status(StatusCode.Unavailable, "the workflow engine has stopped")));
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _activities.Dispose();
    }

    public async Task<string> ScheduleAsync(
        string name, string? instanceId, string? input, DateTimeOffset? startTime, CancellationToken cancellationToken)
    {
        string id = instanceId ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        if (id.AsSpan().ContainsAny(ForbiddenInIds))
        {
            string message = $"workflow instance ID '{id}' must not contain '/', '\\', '#' or '?'";
            throw new RpcException(new Status(StatusCode.InvalidArgument, message));
        }

        long now = _workflows.Time.GetUtcNow().ToUnixTimeMilliseconds();
        long dueAt = startTime?.ToUnixTimeMilliseconds() ?? now;
        Activity? trace = Activity.Current;
        bool isTraced = trace?.IdFormat == ActivityIdFormat.W3C;
        var run = new WorkflowRun(0, id, name, input, isTraced ? trace!.Id : null, isTraced ? trace!.TraceStateString : null);

        // Listened for before it can start.
        using WorkflowWaiter? started = startTime is null ? Waiters.Listen(id) : null;
        bool entersNow = dueAt <= now && _residence.TryReserve();
        long? number = null;
        try
        {
            number = await _workflows.Store.InsertAsync(run, now, dueAt, claimed: entersNow, cancellationToken);
        }
        finally
        {
            if (entersNow && number is null)
                _residence.Unreserve(1);
        }

        if (number is null)
            throw new RpcException(new Status(StatusCode.AlreadyExists, $"an active workflow with ID '{id}' already exists"));

        if (entersNow)
        {
            _residence.Enter(run with { Number = number.Value }, isNew: true);
        }
        else
        {
            _residence.WakeBy(dueAt);
        }

        if (started is not null)
            await started.Changed.WaitAsync(cancellationToken);

        return id;
    }

    public Task<InstanceSnapshot?> FindAsync(string instanceId, bool withPayloads, CancellationToken cancellationToken) =>
        _workflows.Store.FindAsync(instanceId, withPayloads, cancellationToken);

    public async Task TerminateAsync(string instanceId, string? output, CancellationToken cancellationToken)
    {
        long now = _workflows.Time.GetUtcNow().ToUnixTimeMilliseconds();
        long run = await _workflows.Store.TerminateAsync(instanceId, output, now, cancellationToken)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"no such instance exists: '{instanceId}'"));
        _residence.Evict(run);
        Waiters.Signal(instanceId);
    }

    public async Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        bool isPurged = await _workflows.Store.PurgeAsync(instanceId, cancellationToken);
        Waiters.Signal(instanceId);
        return isPurged;
    }
}
