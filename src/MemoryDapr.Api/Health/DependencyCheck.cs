using MemoryDapr.Api.Worker;
using MemoryDapr.Stores;

namespace MemoryDapr.Api.Health;

/// <summary>Asks everything that the API needs how it is, with a deadline.</summary>
internal sealed partial class DependencyCheck(
    IMemoryStore store, WorkerClient worker, GatewayCheck gateway, TimeProvider time, ILogger<DependencyCheck> logger)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<Dependency>> RunAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll([
            AskAsync("memory-store", async token => await store.CheckAsync(token), cancellationToken),
            AskAsync("memory-worker", AskWorkerAsync, cancellationToken),
            .. gateway.IsConfigured ? new[] { AskAsync("memory-gateway", AskGatewayAsync, cancellationToken) } : [],
        ]);

    private async Task<StoreHealth?> AskWorkerAsync(CancellationToken cancellationToken)
    {
        await worker.CheckAsync(cancellationToken);
        return null;
    }

    private async Task<StoreHealth?> AskGatewayAsync(CancellationToken cancellationToken)
    {
        await gateway.RunAsync(cancellationToken);
        return null;
    }

    private async Task<Dependency> AskAsync(string name, Func<CancellationToken, Task<StoreHealth?>> ask, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        long start = time.GetTimestamp();
        try
        {
            StoreHealth? health = await ask(either.Token);
            return new Dependency(
                name, true, Elapsed(start), health is null ? null : $"{health.Engine} {health.Version}", health?.Details, null);
        }
#pragma warning disable CA1031 // However it fails, it is not healthy: the failure is the answer here, and a log line.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogUnhealthy(exception, name);
            return new Dependency(name, false, Elapsed(start), null, null, exception.GetType().Name);
        }
    }

    private double Elapsed(long start) => Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 3);
}
