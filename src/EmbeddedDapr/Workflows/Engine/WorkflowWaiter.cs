namespace EmbeddedDapr.Workflows;

/// <summary>One who waits for an instance to change.</summary>
internal sealed class WorkflowWaiter(WorkflowWaiters waiters, string instanceId) : IDisposable
{
    private readonly TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string InstanceId { get; } = instanceId;

    public Task Changed => _changed.Task;

    public void Succeed() => _changed.TrySetResult();

    public void Fail(Exception reason) => _changed.TrySetException(reason);

    public void Dispose() => waiters.Remove(this);
}
