using System.Globalization;
using MemoryDapr.Benchmarks.Load.Data;
using MemoryDapr.Benchmarks.Load.Loops;
using static MemoryDapr.Benchmarks.Load.MarkdownTable;

namespace MemoryDapr.Benchmarks.Load;

/// <summary>
/// How the service does as it grows, over HTTP: ingest and its memory, the start on that data, the first answer of a scope after it, and
/// answers of scopes that are in memory, to one client.
/// </summary>
internal sealed class ScaleLoad(LoadSettings settings, TextWriter output)
{
    private const int AppendClients = 16;
    private const int TurnsPerSession = 20;
    private const int ColdScopes = 200;
    private const int WarmUp = 2_000;

    // For each user, so that ten thousand of them still fit into this process.
    private const int QuestionsAsked = 10;
    private const int TextsKept = 5;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan WarmDuration = TimeSpan.FromSeconds(5);

    /// <summary>Runs each shape, given as scopes and turns in each, on a fresh folder.</summary>
    public async Task RunAsync(IEnumerable<(int Scopes, int Turns)> shapes, CancellationToken cancellationToken)
    {
        var table = new MarkdownTable(output);
        await table.HeadAsync(
            "scopes × turns", "ingest turns/s", "distilled after s", "peak MiB", "start s", "cold p50 ms", "cold p95 ms", "warm p50 ms", "warm p95 ms",
            "MiB after", "index B/turn", "evictions", "errors");
        foreach ((int scopes, int turns) in shapes)
        {
            await RunOnceAsync(table, scopes, turns, cancellationToken);
        }
    }

    private async Task RunOnceAsync(MarkdownTable table, int scopes, int turns, CancellationToken cancellationToken)
    {
        List<string> cells = [$"{scopes} × {turns}"];
        LoadTarget target = await LoadTarget.OpenAsync(settings, cancellationToken);
        try
        {
            await using (var memory = new MemorySampler(target.Process))
            {
                IEnumerable<LoadSession> sessions = Users(scopes).SelectMany(user => GeneratedTurns.Sessions(user, turns, TurnsPerSession));
                LoadResult ingest = await target.AppendAsync(sessions, AppendClients, TurnsPerSession, cancellationToken);
                TimeSpan drained = await target.DrainAsync(DrainLimit, cancellationToken);
                cells.AddRange([Number((double)scopes * turns / ingest.Elapsed.TotalSeconds), Number(drained.TotalSeconds, "F1"), MiB(memory.PeakBytes)]);
            }

            target = await target.RestartAsync(settings, cancellationToken);
            cells.Add(Number(target.Process!.StartTime.TotalSeconds, "F1"));
            LoadResult cold = await AskAsync(target, Users(scopes).Take(ColdScopes), turns);
            cells.AddRange([Ms(cold.AtMs(50)), Ms(cold.AtMs(95))]);

            // Every scope once, then the same again to be compiled, then what counts.
            LoadResult touched = await AskAsync(target, Users(scopes).Skip(ColdScopes), turns);
            var questions = new Questions([.. Users(scopes).Select(user => GeneratedTurns.Ask(user, turns, QuestionsAsked, TextsKept))]);
            for (int warm = 0; warm < WarmUp; warm++)
            {
                await target.SendAsync(questions.Next());
            }

            LoadResult answers = await ClosedLoop.RunAsync(target.Url, settings.Key, 1, WarmDuration, _ => questions.Next(), cancellationToken);
            double indexed = await target.ReadMetricAsync("memory_store_index_bytes", cancellationToken) ?? 0;
            double evictions = await target.ReadMetricAsync("memory_store_index_evictions_total", cancellationToken) ?? 0;
            double inMemory = await target.ReadMetricAsync("memory_store_index_scopes", cancellationToken) ?? 0;
            cells.AddRange(
                [
                    Ms(answers.AtMs(50)), Ms(answers.AtMs(95)), MiB(target.Process.ReadResidentBytes()),
                    inMemory == 0 ? "" : Number(indexed / (inMemory * turns)), Number(evictions),
                    (cold.Errors + touched.Errors + answers.Errors).ToString(CultureInfo.InvariantCulture),
                ]);
            await table.RowAsync(cells);
        }
        finally
        {
            await target.DisposeAsync();
        }
    }

    private async Task<LoadResult> AskAsync(LoadTarget target, IEnumerable<string> users, int turns)
    {
        var result = new LoadResult();
        using var client = new LoadClient(target.Url, settings.Key);
        foreach (string user in users)
        {
            LoadRequest request = new Questions([GeneratedTurns.Ask(user, turns, 1, 1)]).Next();
            long sent = TimeProvider.System.GetTimestamp();
            (int status, int length) = await client.SendAsync(request);
            result.Record(TimeProvider.System.GetElapsedTime(sent), status, length);
        }

        return result;
    }

    private static IEnumerable<string> Users(int scopes) =>
        Enumerable.Range(0, scopes).Select(number => $"user{number.ToString(CultureInfo.InvariantCulture)}");
}
