namespace MemoryDapr.Conformance.Setup;

/// <summary>Something that a scenario can break for a while.</summary>
internal abstract class FaultSwitch
{
    /// <summary>Does something while it is broken; it is mended again whatever becomes of that.</summary>
    public async Task WhileStoppedAsync(Func<Task> action)
    {
        await StopAsync();
        try
        {
            await action();
        }
        finally
        {
            await StartAsync();
        }
    }

    protected abstract Task StopAsync();

    protected abstract Task StartAsync();
}
