using System.Diagnostics;

namespace MemoryDapr.Benchmarks.Load.Loops;

/// <summary>
/// Requests that arrive at a fixed rate, whatever the server does. A latency counts from when the request was due, so one that had to
/// wait for a free client shows that wait too.
/// </summary>
internal static class OpenLoop
{
    // The machine's timer wakes about once a millisecond: that much may be the generator's own.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    public static async Task<LoadResult> RunAsync(
        Uri url, string? key, int clients, double perSecond, TimeSpan duration, Func<int, LoadRequest> next, CancellationToken cancellationToken)
    {
        long requests = (long)(perSecond * duration.TotalSeconds);
        long taken = 0;
        long start = Stopwatch.GetTimestamp();
        LoadResult[] parts = await Task.WhenAll(Enumerable.Range(0, clients).Select(number => Task.Run(
            async () =>
            {
                var result = new LoadResult();
                using var client = new LoadClient(url, key);
                for (long index; (index = Interlocked.Increment(ref taken) - 1) < requests;)
                {
                    var due = TimeSpan.FromSeconds(index / perSecond);
                    LoadRequest request = next(number);
                    while (Stopwatch.GetElapsedTime(start) < due)
                    {
                        TimeSpan wait = due - Stopwatch.GetElapsedTime(start);
                        await Task.Delay(wait > Tick ? wait : Tick, TimeProvider.System, cancellationToken);
                    }

                    (int status, int length) = await client.SendAsync(request);
                    result.Record(Stopwatch.GetElapsedTime(start) - due, status, length);
                }

                return result;
            },
            cancellationToken)));
        var sum = new LoadResult { Elapsed = Stopwatch.GetElapsedTime(start) };
        foreach (LoadResult part in parts)
        {
            sum.Add(part);
        }

        return sum;
    }
}
