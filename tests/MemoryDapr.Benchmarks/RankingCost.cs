using System.Globalization;
using EmbeddedDapr.Storage;
using MemoryDapr.Recall;
using MemoryDapr.Store;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Store.Sqlite.Index;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Benchmarks;

/// <summary>
/// What ranking alone costs, in processor time for each search by an index in memory: over a file's conversations with all that the rules
/// distil from them, and over single scopes of generated turns (see <see cref="SyntheticTurns"/>). The best of many rounds counts.
/// </summary>
internal static class RankingCost
{
    private const int TurnsPerPipeline = 5;
    private const int Questions = 300;
    private const int WordsOfATurn = 4;
    private const int Winners = 10;
    private const int FewestRounds = 20;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    public static async Task RunAsync(string path, IReadOnlyList<int> sizes, TextWriter output, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            var file = LocomoFile.Read(path);
            await MeasureAsync("conversations", options => FillAsync(options, file, cancellationToken), folder => Ask(folder, file), output);
        }

        foreach (int turns in sizes)
        {
            await MeasureAsync(
                string.Create(CultureInfo.InvariantCulture, $"{turns} turns"),
                options => SyntheticTurns.FillAsync(options, turns, cancellationToken),
                AskGenerated,
                output);
        }
    }

    private static async Task MeasureAsync(
        string name, Func<StoreOptions, Task> fill, Func<string, List<(ScopeIndex Index, SearchPlan Plan)>> ask, TextWriter output)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memory-ranking-");
        try
        {
            await fill(new StoreOptions { Directory = folder.FullName });
            List<(ScopeIndex Index, SearchPlan Plan)> searches = ask(Path.Combine(folder.FullName, "memory.db"));
            await output.WriteLineAsync($"{name,-16} {Measure(searches)}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(StoreOptions options, LocomoFile file, CancellationToken cancellationToken)
    {
        await using var store = SqliteStore.Open(options);
        foreach (LocomoConversation conversation in file.Conversations)
        {
            MemoryItem[] items = [.. LadderCorpus.Turns(conversation), .. LadderCorpus.Distil(conversation, TurnsPerPipeline)];
            await store.ApplyAsync(new StoreBatch { Scope = LadderCorpus.ScopeOf(conversation), Items = items }, cancellationToken);
        }
    }

    // As the load asks over HTTP: a question and some words of a turn.
    private static List<(ScopeIndex Index, SearchPlan Plan)> Ask(string database, LocomoFile file)
    {
        var searches = new List<(ScopeIndex Index, SearchPlan Plan)>();
        foreach (LocomoConversation conversation in file.Conversations)
        {
            Scope scope = LadderCorpus.ScopeOf(conversation);
            ScopeIndex index = Load(database, scope);
            foreach ((int i, LocomoQuestion question) in conversation.Questions.Index())
            {
                string turn = conversation.Turns[i * 31 % conversation.Turns.Count].Text;
                string query = $"{question.Q} {string.Join(' ', turn.Split(' ').Take(WordsOfATurn))}";
                searches.Add((index, new SearchPlan
                {
                    Scope = scope,
                    Terms = QueryAnalyzer.Analyze(query),
                    Hints = QuestionHints.Detect(query),
                    Count = Winners,
                    Now = LadderCorpus.Now,
                }));
            }
        }

        return searches;
    }

    private static List<(ScopeIndex Index, SearchPlan Plan)> AskGenerated(string database)
    {
        ScopeIndex index = Load(database, SyntheticTurns.ScopeOf(0));
        var questions = new SyntheticTurns(1);
        return [.. Enumerable.Range(0, Questions).Select(_ => (index, questions.Question(SyntheticTurns.ScopeOf(0))))];
    }

    private static ScopeIndex Load(string database, Scope scope)
    {
        using var session = SqliteSession.Open(database, readOnly: true);
        var index = new ScopeIndex(scope.Key);
        using ScopeIndexCache.Room room = new ScopeIndexCache(long.MaxValue).Reserve();
        AnalysisTable.Load(session, scope, index, room, long.MaxValue);
        return index;
    }

    private static string Measure(List<(ScopeIndex Index, SearchPlan Plan)> searches)
    {
        double best = double.MaxValue;
        long allocated = 0;
        long start = TimeProvider.System.GetTimestamp();
        for (int round = 0; round < FewestRounds || TimeProvider.System.GetElapsedTime(start) < Duration; round++)
        {
            allocated = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            foreach ((ScopeIndex index, SearchPlan plan) in searches)
            {
                ScopeSearch.Rank(index, plan);
            }

            best = Math.Min(best, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / searches.Count);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }

        return string.Create(CultureInfo.InvariantCulture, $"processor {best,8:F1} µs/search  allocated {allocated / searches.Count,6} B/search");
    }
}
