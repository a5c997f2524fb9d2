using MemoryDapr.Benchmarks.Load.Servers;

namespace MemoryDapr.Benchmarks.Load;

/// <summary>Watches the memory of a process while something runs.</summary>
internal sealed class MemorySampler : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;
    private long _peak;

    public MemorySampler(ChildProcess? process) => _watch = process is null ? Task.CompletedTask : WatchAsync(process);

    /// <summary>The most bytes in physical memory so far; 0 where the process is not known.</summary>
    public long PeakBytes => Interlocked.Read(ref _peak);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        _stop.Dispose();
    }

    private async Task WatchAsync(ChildProcess process)
    {
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        try
        {
            do
            {
                Interlocked.Exchange(ref _peak, Math.Max(PeakBytes, process.ReadResidentBytes()));
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // It is told to stop.
        }
    }
}
