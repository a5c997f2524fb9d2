using System.Diagnostics;
using System.Globalization;
using MemoryDapr.Recall;
using MemoryDapr.Store;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Benchmarks;

/// <summary>
/// What one scope costs as it grows: turns of 27 words out of a vocabulary with Zipf's frequencies, in sessions of 20. Prints ingest
/// rate, index bytes for each turn, the first answer after a restart, and warm answers (ten winners) to queries of five words.
/// </summary>
internal static class Growth
{
    private const int WordsPerTurn = 27;
    private const int TurnsPerSession = 20;
    private const int Vocabulary = 30_000;
    private const int Queries = 300;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Scope Scope = new("benchmark", "growth");

    public static async Task RunAsync(IReadOnlyList<int> sizes, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (int turns in sizes)
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("memory-growth-");
            try
            {
                var options = new StoreOptions { Directory = folder.FullName };
#pragma warning disable RS0030 // Seeded: the same words every time.
                var random = new Random(turns);
#pragma warning restore RS0030
                TimeSpan ingest = await FillAsync(options, turns, random, cancellationToken);
                await output.WriteLineAsync(await MeasureAsync(options, turns, ingest, random, cancellationToken));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static async Task<TimeSpan> FillAsync(StoreOptions options, int turns, Random random, CancellationToken cancellationToken)
    {
        await using var store = SqliteStore.Open(options);
        long start = Stopwatch.GetTimestamp();
        for (int first = 0; first < turns; first += 100)
        {
            MemoryItem[] items = [.. Enumerable.Range(first, Math.Min(100, turns - first)).Select(ordinal => Turn(ordinal, random))];
            await store.ApplyAsync(new StoreBatch { Scope = Scope, Items = items }, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<string> MeasureAsync(StoreOptions options, int turns, TimeSpan ingest, Random random, CancellationToken cancellationToken)
    {
        await using var store = SqliteStore.Open(options);
        long start = Stopwatch.GetTimestamp();
        await store.SearchAsync(Plan(random), cancellationToken);
        TimeSpan first = Stopwatch.GetElapsedTime(start);
        var times = new List<double>(Queries);
        for (int i = 0; i < Queries; i++)
        {
            start = Stopwatch.GetTimestamp();
            await store.SearchAsync(Plan(random), cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        StoreHealth health = await store.CheckAsync(cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{turns,9} turns  ingest {turns / ingest.TotalSeconds,7:F0}/s  index {health.Details["indexBytes"] / turns,5:F0} B/turn  file {health.Details["fileBytes"] / turns,5:F0} B/turn  first {first.TotalMilliseconds,8:F1} ms  warm p50 {times[Queries / 2],7:F2} ms  p95 {times[Queries * 95 / 100],7:F2} ms");
    }

    private static SearchPlan Plan(Random random)
    {
        string query = string.Join(' ', Enumerable.Range(0, 5).Select(_ => Word(random)));
        return new SearchPlan { Scope = Scope, Terms = QueryAnalyzer.Analyze(query), Hints = QuestionHints.Detect(query), Count = 10, Now = Now };
    }

    private static MemoryItem Turn(int ordinal, Random random)
    {
        string session = $"s{(ordinal / TurnsPerSession).ToString(CultureInfo.InvariantCulture)}";
        string turn = ordinal.ToString(CultureInfo.InvariantCulture);
        DateTimeOffset at = Now.AddMinutes(-ordinal);
        return new MemoryItem
        {
            Id = ItemId.ForTurn(Scope, session, turn),
            Scope = Scope,
            Kind = MemoryKind.Turn,
            Text = string.Join(' ', Enumerable.Range(0, WordsPerTurn).Select(_ => Word(random))),
            SessionId = session,
            TurnId = turn,
            Ordinal = ordinal,
            Role = ordinal % 2 == 0 ? TurnRole.User : TurnRole.Assistant,
            At = at,
            Sources = [new TurnSource(session, turn)],
            Salience = SalienceLevel.New(at),
            CreatedAt = at,
            UpdatedAt = at,
        };
    }

    // Rank r with a frequency of about 1/r.
    private static string Word(Random random) => $"w{((int)Math.Pow(Vocabulary, random.NextDouble())).ToString(CultureInfo.InvariantCulture)}x";
}
