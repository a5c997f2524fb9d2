namespace EmbeddedDapr.Workflows;

/// <summary>
/// The one thread, in effect, of a workflow's code: what its awaits continue with is queued here and carried out in order, by whoever
/// runs the turn. A continuation that arrives from elsewhere means that the code awaited a task that no replay could repeat.
/// </summary>
internal sealed class WorkflowThread(Action onForeignTask) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private int _owner;

    /// <summary>Whether the code has awaited something that is not of its context.</summary>
    public bool SawForeignTask { get; private set; }

    /// <summary>Whether the caller is the workflow's code, in its turn.</summary>
    public bool IsCurrent => Volatile.Read(ref _owner) == Environment.CurrentManagedThreadId;

    /// <summary>Runs <paramref name="action"/> and all that follows from it, until the code waits.</summary>
    public void Run(Action action)
    {
        SynchronizationContext? before = Current;
        Volatile.Write(ref _owner, Environment.CurrentManagedThreadId);
        try
        {
            SetSynchronizationContext(this);
            action();
            while (_queue.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
            {
                SetSynchronizationContext(this);
                next.Callback(next.State);
            }
        }
        finally
        {
            Volatile.Write(ref _owner, 0);
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs <paramref name="action"/> so that what awaits without a context continues at once and not on another thread.</summary>
    public static void WithoutContext(Action action)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(null);
        try
        {
            action();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            _queue.Enqueue((d, state));
        }
        else
        {
            ReportForeignTask();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => Post(d, state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>The code continued outside its turn; it is not let any further.</summary>
    public void ReportForeignTask()
    {
        SawForeignTask = true;
        onForeignTask();
    }
}
