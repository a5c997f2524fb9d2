using MemoryDapr.Benchmarks.Load.Data;
using MemoryDapr.Benchmarks.Load.Loops;
using MemoryDapr.Benchmarks.Load.Servers;
using static MemoryDapr.Benchmarks.Load.MarkdownTable;

namespace MemoryDapr.Benchmarks.Load;

/// <summary>Recalls over HTTP beside the bare endpoint, in turns, so that both see the same machine.</summary>
internal sealed class RecallLoad(LoadSettings settings, TextWriter output)
{
    private const int AppendClients = 4;
    private const int AppendBatch = 100;
    private const int SizeSamples = 300;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(10);

    /// <summary>How many clients; each round runs both for <see cref="Duration"/>.</summary>
    public required int Clients { get; init; }

    public required TimeSpan Duration { get; init; }

    public required int Rounds { get; init; }

    /// <summary>How long the service is under load before anything counts: until the runtime has compiled for good what is run most.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Requests per second of an open loop; null for a closed one.</summary>
    public double? Rate { get; init; }

    /// <summary>How many items each recall asks for.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Whether the last round's whole distribution is printed.</summary>
    public bool WithDistribution { get; init; }

    public async Task RunAsync(string name, IEnumerable<LoadSession> sessions, Questions questions, CancellationToken cancellationToken)
    {
        await using LoadTarget target = await LoadTarget.OpenAsync(settings, cancellationToken);
        await target.AppendAsync(sessions, AppendClients, AppendBatch, cancellationToken);
        await target.DrainAsync(DrainLimit, cancellationToken);
        int bytes = await MeasureSizeAsync(target, questions);
        await using ChildProcess bare = await BareEndpoint.StartAsync(bytes, settings.Port + 1, cancellationToken);

        await RunOnceAsync(bare.Url, bare, questions, Duration, cancellationToken);
        await RunOnceAsync(target.Url, target.Process, questions, WarmUp, cancellationToken);
        List<LoadResult> bares = [];
        List<LoadResult> products = [];
        for (int round = 0; round < Rounds; round++)
        {
            bares.Add(await RunOnceAsync(bare.Url, bare, questions, Duration, cancellationToken));
            products.Add(await RunOnceAsync(target.Url, target.Process, questions, Duration, cancellationToken));
        }

        string loop = Rate is { } rate ? $"{Clients} clients, {Number(rate)}/s open" : $"{Clients} {(Clients == 1 ? "client" : "clients")}";
        var table = new MarkdownTable(output);
        await table.HeadAsync("load", "server", "answer bytes", "recalls/s", "processor µs", "p50 ms", "p95 ms", "p99 ms", "max ms", "errors");
        await WriteAsync(table, $"{name}, {loop}", "bare endpoint", bytes, bares);
        await WriteAsync(table, $"{name}, {loop}", "MemoryDapr", bytes, products);
        await table.RowAsync(
            $"{name}, {loop}", "ratio / difference", "", Number(Over(products, run => run.PerSecond) / Over(bares, run => run.PerSecond), "F2"),
            "",
            Difference(products, bares, 50), Difference(products, bares, 95), Difference(products, bares, 99), "", "");
        if (WithDistribution)
        {
            products[^1].WriteTo(output);
        }
    }

    private async Task<LoadResult> RunOnceAsync(Uri url, ChildProcess? process, Questions questions, TimeSpan duration, CancellationToken cancellationToken)
    {
        TimeSpan before = process?.ReadProcessorTime() ?? TimeSpan.Zero;
        LoadResult result = Rate is { } rate
            ? await OpenLoop.RunAsync(url, settings.Key, Clients, rate, duration, _ => questions.Next(Count), cancellationToken)
            : await ClosedLoop.RunAsync(url, settings.Key, Clients, duration, _ => questions.Next(Count), cancellationToken);
        result.Processor = (process?.ReadProcessorTime() ?? TimeSpan.Zero) - before;
        return result;
    }

    private async Task<int> MeasureSizeAsync(LoadTarget target, Questions questions)
    {
        using var client = new LoadClient(target.Url, settings.Key);
        List<double> sizes = [];
        for (int sample = 0; sample < SizeSamples; sample++)
        {
            (int status, int length) = await client.SendAsync(questions.Next(Count));
            sizes.Add(status == 200 ? length : throw new InvalidOperationException($"A recall was answered with {status}."));
        }

        return (int)Median(sizes);
    }

    private static Task WriteAsync(MarkdownTable table, string load, string server, int bytes, List<LoadResult> runs) => table.RowAsync(
        load, server, Number(bytes), Number(Over(runs, run => run.PerSecond)),
        Number(Over(runs, run => run.Processor.TotalMicroseconds / run.Count)), Ms(Over(runs, run => run.AtMs(50))), Ms(Over(runs, run => run.AtMs(95))),
        Ms(Over(runs, run => run.AtMs(99))), Ms(runs.Max(run => run.MaxMs)), Errors(runs));

    private static string Errors(List<LoadResult> runs) =>
        runs.Sum(run => run.Errors) is 0 and var none ? Number(none) : string.Join("; ", runs.Select(run => run.DescribeErrors()).Where(text => text.Length > 0));

    private static string Difference(List<LoadResult> products, List<LoadResult> bares, double percentile) =>
        "+" + Ms(Over(products, run => run.AtMs(percentile)) - Over(bares, run => run.AtMs(percentile)));

    private static double Over(List<LoadResult> runs, Func<LoadResult, double> figure) => Median(runs.Select(figure));
}
