namespace EmbeddedDapr.Workflows;

/// <summary>Who waits for an instance to change. An instance for which nobody waits costs nothing.</summary>
internal sealed class WorkflowWaiters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<WorkflowWaiter>> _waiters = new(StringComparer.Ordinal);
    private Exception? _closed;

    /// <summary>Listens from now on, until the first change or until it is disposed of.</summary>
    public WorkflowWaiter Listen(string instanceId)
    {
        var waiter = new WorkflowWaiter(this, instanceId);
        lock (_gate)
        {
            if (_closed is not null)
            {
                waiter.Fail(_closed);
                return waiter;
            }

            if (!_waiters.TryGetValue(instanceId, out List<WorkflowWaiter>? waiters))
                _waiters.Add(instanceId, waiters = []);

            waiters.Add(waiter);
        }

        return waiter;
    }

    /// <summary>Tells all who listen that the instance has changed.</summary>
    public void Signal(string instanceId)
    {
        List<WorkflowWaiter>? waiters;
        lock (_gate)
        {
            _waiters.Remove(instanceId, out waiters);
        }

        foreach (WorkflowWaiter waiter in waiters ?? [])
            waiter.Succeed();
    }

    /// <summary>Nothing will change any more: all who listen, now or later, get <paramref name="reason"/>.</summary>
    public void Close(Exception reason)
    {
        List<WorkflowWaiter> waiters;
        lock (_gate)
        {
            _closed = reason;
            waiters = [.. _waiters.Values.SelectMany(static list => list)];
            _waiters.Clear();
        }

        foreach (WorkflowWaiter waiter in waiters)
            waiter.Fail(reason);
    }

    public void Remove(WorkflowWaiter waiter)
    {
        lock (_gate)
        {
            if (_waiters.TryGetValue(waiter.InstanceId, out List<WorkflowWaiter>? waiters) && waiters.Remove(waiter) && waiters.Count == 0)
                _waiters.Remove(waiter.InstanceId);
        }
    }
}
