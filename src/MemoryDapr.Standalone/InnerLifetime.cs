namespace MemoryDapr.Standalone;

/// <summary>
/// The lifetime of an app inside the process: it hears no signals. Only memory-api does; what it needs is stopped after it, so that a
/// request that is under way when SIGTERM comes is answered.
/// </summary>
internal sealed class InnerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
