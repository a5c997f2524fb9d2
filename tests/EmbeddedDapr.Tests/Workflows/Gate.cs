namespace EmbeddedDapr.Tests.Workflows;

/// <summary>Holds activities in their middle until the test opens it.</summary>
internal sealed class Gate(int entries = 1)
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = entries;

    /// <summary>Completes when as many as expected have come in.</summary>
    public Task Entered => _entered.Task;

    public void Open() => _open.TrySetResult();

    public Task PassAsync()
    {
        if (Interlocked.Decrement(ref _missing) == 0)
            _entered.TrySetResult();

        return _open.Task;
    }
}
