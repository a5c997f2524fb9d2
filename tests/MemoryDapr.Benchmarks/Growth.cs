using System.Diagnostics;
using System.Globalization;
using MemoryDapr.Store;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Stores;

namespace MemoryDapr.Benchmarks;

/// <summary>
/// What one scope costs as it grows: ingest rate, index bytes for each turn, the first answer of a store just opened, and warm answers to
/// questions (see <see cref="SyntheticTurns"/>).
/// </summary>
internal static class Growth
{
    private const int Queries = 300;

    public static async Task RunAsync(IReadOnlyList<int> sizes, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (int turns in sizes)
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("memory-growth-");
            try
            {
                var options = new StoreOptions { Directory = folder.FullName };
                long start = Stopwatch.GetTimestamp();
                await SyntheticTurns.FillAsync(options, turns, cancellationToken);
                TimeSpan ingest = Stopwatch.GetElapsedTime(start);
                await output.WriteLineAsync(await MeasureAsync(options, turns, ingest, cancellationToken));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static async Task<string> MeasureAsync(StoreOptions options, int turns, TimeSpan ingest, CancellationToken cancellationToken)
    {
        await using var store = SqliteStore.Open(options);
        var questions = new SyntheticTurns(turns + 1);
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await store.SearchAsync(questions.Question(SyntheticTurns.ScopeOf(0)), cancellationToken);
        TimeSpan first = Stopwatch.GetElapsedTime(start);
        processor = Environment.CpuUsage.TotalTime - processor;
        var times = new List<double>(Queries);
        for (int i = 0; i < Queries; i++)
        {
            start = Stopwatch.GetTimestamp();
            await store.SearchAsync(questions.Question(SyntheticTurns.ScopeOf(0)), cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        StoreHealth health = await store.CheckAsync(cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{turns,9} turns  ingest {turns / ingest.TotalSeconds,7:F0}/s  index {health.Details["indexBytes"] / turns,5:F0} B/turn  file {health.Details["fileBytes"] / turns,5:F0} B/turn  first {first.TotalMilliseconds,8:F1} ms (processor {processor.TotalMilliseconds:F1})  warm p50 {times[Queries / 2],7:F2} ms  p95 {times[Queries * 95 / 100],7:F2} ms");
    }
}
