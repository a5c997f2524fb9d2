using EmbeddedDapr.Workflows;

namespace Dapr.Workflow;

/// <inheritdoc cref="IDaprWorkflowClient" />
public sealed class DaprWorkflowClient : IDaprWorkflowClient
{
    private readonly WorkflowEngine _engine;

    internal DaprWorkflowClient(WorkflowEngine engine) => _engine = engine;

    /// <inheritdoc />
    public Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId = null, object? input = null) =>
        ScheduleNewWorkflowAsync(name, instanceId, input, (DateTimeOffset?)null);

    /// <inheritdoc />
    public Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId, object? input, DateTime? startTime) =>
        ScheduleNewWorkflowAsync(name, instanceId, input, startTime is { } start ? new DateTimeOffset(start) : null);

    /// <inheritdoc />
    public Task<string> ScheduleNewWorkflowAsync(
        string name, string? instanceId, object? input, DateTimeOffset? startTime, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _engine.ScheduleAsync(name, instanceId, WorkflowJson.Serialize(input), startTime, cancellation);
    }

    /// <inheritdoc />
    public async Task<WorkflowState> GetWorkflowStateAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return new WorkflowState(await _engine.FindAsync(instanceId, getInputsAndOutputs, cancellation));
    }

    /// <inheritdoc />
    public Task<WorkflowState> WaitForWorkflowStartAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, static state => state.RuntimeStatus != WorkflowRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    /// <inheritdoc />
    public Task<WorkflowState> WaitForWorkflowCompletionAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, static state => state.IsWorkflowCompleted, getInputsAndOutputs, cancellation);

    /// <inheritdoc />
    public Task TerminateWorkflowAsync(string instanceId, object? output = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return _engine.TerminateAsync(instanceId, WorkflowJson.Serialize(output), cancellation);
    }

    /// <inheritdoc />
    public Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return _engine.PurgeAsync(instanceId, cancellation);
    }

    /// <summary>Nothing: the engine belongs to the container.</summary>
    public void Dispose()
    {
    }

    /// <inheritdoc cref="Dispose" />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<WorkflowState> WaitAsync(
        string instanceId, Func<WorkflowState, bool> reached, bool getInputsAndOutputs, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        while (true)
        {
            // Listened for before the look: a change between the two is not missed.
            using WorkflowWaiter waiter = _engine.Waiters.Listen(instanceId);
            WorkflowState state = await GetWorkflowStateAsync(instanceId, getInputsAndOutputs, cancellation);
            if (!state.Exists)
                throw new InvalidOperationException($"Workflow instance '{instanceId}' does not exist");

            if (reached(state))
                return state;

            await waiter.Changed.WaitAsync(cancellation);
        }
    }
}
