using System.Diagnostics;

namespace MemoryDapr.Benchmarks.Load.Loops;

/// <summary>Clients of which each sends its next request when it has the answer to the last.</summary>
internal static class ClosedLoop
{
    /// <summary>Runs for a time. <paramref name="next"/> makes the n-th request of the loop; its client is told too.</summary>
    public static async Task<LoadResult> RunAsync(
        Uri url, string? key, int clients, TimeSpan duration, Func<int, LoadRequest> next, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        LoadResult[] parts = await Task.WhenAll(Enumerable.Range(0, clients).Select(client =>
            Task.Run(() => RunClientAsync(url, key, () => Stopwatch.GetElapsedTime(start) < duration, () => next(client), cancellationToken), cancellationToken)));
        return Sum(parts, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Runs until the requests are used up: each client takes those of <paramref name="requests"/> in turn.</summary>
    public static async Task<LoadResult> DrainAsync(
        Uri url, string? key, int clients, Func<int, IEnumerator<LoadRequest>> requests, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        LoadResult[] parts = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(
            async () =>
            {
                using IEnumerator<LoadRequest> own = requests(client);
                return await RunClientAsync(url, key, own.MoveNext, () => own.Current, cancellationToken);
            },
            cancellationToken)));
        return Sum(parts, Stopwatch.GetElapsedTime(start));
    }

    private static async Task<LoadResult> RunClientAsync(
        Uri url, string? key, Func<bool> more, Func<LoadRequest> next, CancellationToken cancellationToken)
    {
        var result = new LoadResult();
        using var client = new LoadClient(url, key);
        while (!cancellationToken.IsCancellationRequested && more())
        {
            LoadRequest request = next();
            long sent = Stopwatch.GetTimestamp();
            (int status, int length) = await client.SendAsync(request);
            result.Record(Stopwatch.GetElapsedTime(sent), status, length);
        }

        return result;
    }

    private static LoadResult Sum(LoadResult[] parts, TimeSpan elapsed)
    {
        var sum = new LoadResult { Elapsed = elapsed };
        foreach (LoadResult part in parts)
        {
            sum.Add(part);
        }

        return sum;
    }
}
