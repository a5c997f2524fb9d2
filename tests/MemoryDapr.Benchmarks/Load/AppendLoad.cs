using System.Globalization;
using MemoryDapr.Benchmarks.Load.Data;
using MemoryDapr.Benchmarks.Load.Loops;
using static MemoryDapr.Benchmarks.Load.MarkdownTable;

namespace MemoryDapr.Benchmarks.Load;

/// <summary>Durable appends over HTTP, beside what the disk itself can do, and how long until everything is distilled.</summary>
internal sealed class AppendLoad(LoadSettings settings, TextWriter output)
{
    private const int TurnsPerSession = 100;
    private const int TurnsPerUser = 1_000;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(20);

    public required int Clients { get; init; }

    /// <summary>Turns per request.</summary>
    public required IReadOnlyList<int> Batches { get; init; }

    public required TimeSpan Duration { get; init; }

    public required int Rounds { get; init; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var table = new MarkdownTable(output);
        await table.HeadAsync(
            "appends", "turns/s", "requests/s", "p50 ms", "p95 ms", "p99 ms", "max ms", "errors", "fsyncs/s of the disk", "requests per fsync",
            "distilled after s", "peak MiB");
        foreach (int batch in Batches)
        {
            for (int round = 0; round < Rounds; round++)
            {
                await RunOnceAsync(table, batch, cancellationToken);
            }
        }
    }

    private async Task RunOnceAsync(MarkdownTable table, int batch, CancellationToken cancellationToken)
    {
        await using LoadTarget target = await LoadTarget.OpenAsync(settings, cancellationToken);
        double before = FsyncProbe.Run(target.Disk);

        // A short run on other users first: what is compiled once is not what an append costs.
        await AppendAsync(target, batch, "warm", TimeSpan.FromSeconds(2), cancellationToken);
        await target.DrainAsync(DrainLimit, cancellationToken);
        await using var memory = new MemorySampler(target.Process);
        LoadResult result = await AppendAsync(target, batch, "load", Duration, cancellationToken);
        TimeSpan drained = await target.DrainAsync(DrainLimit, cancellationToken);
        double fsyncs = (before + FsyncProbe.Run(target.Disk)) / 2;
        await table.RowAsync(
            $"{Clients} clients, {batch} {(batch == 1 ? "turn" : "turns")} a request", Number(result.PerSecond * batch), Number(result.PerSecond),
            Ms(result.AtMs(50)), Ms(result.AtMs(95)), Ms(result.AtMs(99)), Ms(result.MaxMs),
            result.Errors == 0 ? "0" : result.DescribeErrors(), Number(fsyncs), Number(result.PerSecond / fsyncs, "F2"),
            Number(drained.TotalSeconds, "F1"), MiB(memory.PeakBytes));
    }

    private async Task<LoadResult> AppendAsync(LoadTarget target, int batch, string prefix, TimeSpan duration, CancellationToken cancellationToken)
    {
        IEnumerator<LoadRequest>[] requests = [.. Enumerable.Range(0, Clients).Select(client => Requests($"{prefix}{client}", batch).GetEnumerator())];
        return await ClosedLoop.RunAsync(target.Url, settings.Key, Clients, duration, Next, cancellationToken);

        LoadRequest Next(int client)
        {
            requests[client].MoveNext();
            return requests[client].Current;
        }
    }

    // Each client writes one user after the other, each user one session after the other.
    private static IEnumerable<LoadRequest> Requests(string client, int batch)
    {
        for (int user = 0; ; user++)
        {
            string name = $"{client}-{user.ToString(CultureInfo.InvariantCulture)}";
            foreach (LoadRequest request in GeneratedTurns.Sessions(name, TurnsPerUser, TurnsPerSession).SelectMany(session => session.ToRequests(batch)))
            {
                yield return request;
            }
        }
    }
}
