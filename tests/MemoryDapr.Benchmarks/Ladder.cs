using System.Globalization;
using MemoryDapr.Recall;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Store;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Benchmarks;

/// <summary>
/// What each feature of the ranking is worth: recall at 5, 10, 25 and 50 of the evidence turns, feature by feature, then all but one.
/// </summary>
internal static class Ladder
{
    private static readonly int[] Depths = [5, 10, 25, 50];

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly RankingFeatures[] Steps =
    [
        RankingFeatures.Context, RankingFeatures.Speaker, RankingFeatures.FirstPerson, RankingFeatures.Question, RankingFeatures.Date,
        RankingFeatures.AnswerType, RankingFeatures.Nudges,
    ];

    public static async Task<int> RunAsync(string path, TextWriter output, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            await output.WriteLineAsync($"skipped: {path} is not there (a LoCoMo file; it is not ours to distribute)");
            return 0;
        }

        var file = LocomoFile.Read(path);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memory-ladder-");
        try
        {
            await using (var store = SqliteStore.Open(new StoreOptions { Directory = folder.FullName }))
            {
                foreach (LocomoConversation conversation in file.Conversations)
                {
                    await store.ApplyAsync(ToBatch(conversation), cancellationToken);
                }
            }

            RankingFeatures features = RankingFeatures.None;
            await PrintAsync(file, folder, "words alone", features, output, cancellationToken);
            foreach (RankingFeatures step in Steps)
            {
                features |= step;
                await PrintAsync(file, folder, $"+ {step}", features, output, cancellationToken);
            }

            foreach (RankingFeatures step in Steps)
            {
                await PrintAsync(file, folder, $"all but {step}", RankingFeatures.All & ~step, output, cancellationToken);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task PrintAsync(
        LocomoFile file, DirectoryInfo folder, string name, RankingFeatures features, TextWriter output, CancellationToken cancellationToken)
    {
        await using var store = SqliteStore.Open(new StoreOptions { Directory = folder.FullName }, features);
        double[] sums = new double[Depths.Length];
        int questions = 0;
        foreach (LocomoConversation conversation in file.Conversations)
        {
            foreach (LocomoQuestion question in conversation.Questions.Where(question => question.IsScored))
            {
                SearchResult result = await store.SearchAsync(ToPlan(conversation, question), cancellationToken);
                string[] ranked = [.. result.Items.Select(item => item.Item.TurnId ?? "")];
                for (int i = 0; i < Depths.Length; i++)
                {
                    sums[i] += (double)question.Evidence.Count(ranked.Take(Depths[i]).Contains) / question.Evidence.Count;
                }

                questions++;
            }
        }

        string row = string.Join("  ", Depths.Select((depth, i) => string.Create(CultureInfo.InvariantCulture, $"R@{depth} {100 * sums[i] / questions,5:F1}")));
        await output.WriteLineAsync($"{name,-20} {row}");
    }

    private static SearchPlan ToPlan(LocomoConversation conversation, LocomoQuestion question) => new()
    {
        Scope = ScopeOf(conversation),
        Terms = QueryAnalyzer.Analyze(question.Q),
        Hints = QuestionHints.Detect(question.Q),
        Filter = new SearchFilter { Kinds = [MemoryKind.Turn] },
        Count = Depths[^1],
        Now = Now,
    };

    private static StoreBatch ToBatch(LocomoConversation conversation)
    {
        Scope scope = ScopeOf(conversation);
        return new StoreBatch { Scope = scope, Items = [.. conversation.Turns.Select((turn, ordinal) => ToItem(scope, turn, ordinal))] };
    }

    private static MemoryItem ToItem(Scope scope, LocomoTurn turn, int ordinal)
    {
        string session = $"s{turn.Session.ToString(CultureInfo.InvariantCulture)}";
        return new MemoryItem
        {
            Id = ItemId.ForTurn(scope, session, turn.Id),
            Scope = scope,
            Kind = MemoryKind.Turn,
            Text = turn.Text,
            SessionId = session,
            TurnId = turn.Id,
            Ordinal = ordinal,
            Role = turn.Speaker.Equals("assistant", StringComparison.OrdinalIgnoreCase) ? TurnRole.Assistant : TurnRole.User,
            Speaker = turn.Speaker,
            At = turn.At,
            Sources = [new TurnSource(session, turn.Id)],
            Salience = SalienceLevel.New(Now),
            CreatedAt = Now,
            UpdatedAt = Now,
        };
    }

    private static Scope ScopeOf(LocomoConversation conversation) => new("benchmark", conversation.Id);
}
