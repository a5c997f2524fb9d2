using System.Diagnostics;
using System.Globalization;
using MemoryDapr.Store;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Stores;

namespace MemoryDapr.Benchmarks;

/// <summary>
/// What many scopes cost: how fast they are filled, how long the store takes to open, the first answer of each scope after that, warm
/// answers, and the memory of the process at each step (see <see cref="SyntheticTurns"/>).
/// </summary>
internal static class ManyScopes
{
    private const int WarmAnswers = 5_000;

    public static async Task RunAsync(int scopes, int turnsPerScope, TextWriter output, CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memory-scopes-");
        try
        {
            var options = new StoreOptions { Directory = folder.FullName };
            await FillAsync(options, scopes, turnsPerScope, output, cancellationToken);
            await MeasureAsync(options, scopes, turnsPerScope, output, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // In turns, as users do: each scope grows while the others do too. Searched once in between, so that every index is in memory.
    private static async Task FillAsync(StoreOptions options, int scopes, int turnsPerScope, TextWriter output, CancellationToken cancellationToken)
    {
        const int Rounds = 4;
        await using var store = SqliteStore.Open(options);
        var turns = new SyntheticTurns(scopes);
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < Rounds; round++)
        {
            int first = turnsPerScope * round / Rounds;
            int count = (turnsPerScope * (round + 1) / Rounds) - first;
            for (int scope = 0; scope < scopes; scope++)
            {
                await turns.WriteAsync(store, SyntheticTurns.ScopeOf(scope), first, count, cancellationToken);
                if (round == 0)
                {
                    await store.SearchAsync(turns.Question(SyntheticTurns.ScopeOf(scope)), cancellationToken);
                }
            }
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await PrintAsync(output, store, string.Create(CultureInfo.InvariantCulture, $"filled, {scopes * turnsPerScope / seconds:F0} turns/s"), cancellationToken);
    }

    private static async Task MeasureAsync(StoreOptions options, int scopes, int turnsPerScope, TextWriter output, CancellationToken cancellationToken)
    {
        // As in a process that has just started: nothing is left of the store that was filled.
        await Task.Yield();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long start = Stopwatch.GetTimestamp();
        await using var store = SqliteStore.Open(options);
        await PrintAsync(output, store, string.Create(CultureInfo.InvariantCulture, $"opened in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms"), cancellationToken);
        var questions = new SyntheticTurns(turnsPerScope);
        await AskAsync("cold", Enumerable.Range(0, scopes));
#pragma warning disable RS0030 // Seeded: the same scopes every time.
        var random = new Random(scopes);
#pragma warning restore RS0030
        await AskAsync("warm", Enumerable.Range(0, WarmAnswers).Select(_ => random.Next(scopes)));

        async Task AskAsync(string name, IEnumerable<int> asked)
        {
            var times = new List<double>();
            foreach (int scope in asked)
            {
                SearchPlan question = questions.Question(SyntheticTurns.ScopeOf(scope));
                long asking = Stopwatch.GetTimestamp();
                await store.SearchAsync(question, cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(asking).TotalMilliseconds);
            }

            times.Sort();
            await PrintAsync(
                output,
                store,
                string.Create(CultureInfo.InvariantCulture, $"{name} p50 {times[times.Count / 2]:F2} ms p95 {times[times.Count * 95 / 100]:F2} ms max {times[^1]:F1} ms"),
                cancellationToken);
        }
    }

    private static async Task PrintAsync(TextWriter output, SqliteStore store, string name, CancellationToken cancellationToken)
    {
        StoreHealth health = await store.CheckAsync(cancellationToken);
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        using var process = Process.GetCurrentProcess();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-50} scopes in memory {health.Details["indexedScopes"],6}  index {health.Details["indexBytes"] / 1e6,5:F0} MB  process {process.WorkingSet64 / 1e6,5:F0} MB (most {process.PeakWorkingSet64 / 1e6,5:F0}, heap {memory.HeapSizeBytes / 1e6:F0} MB, free in it {memory.FragmentedBytes / 1e6:F0} MB)  file {health.Details["fileBytes"] / 1e6,5:F0} MB"));
    }
}
