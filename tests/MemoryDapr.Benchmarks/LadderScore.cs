using System.Globalization;
using MemoryDapr.Recall;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Benchmarks;

/// <summary>What a store answers to a file's questions, in figures.</summary>
internal static class LadderScore
{
    private static readonly int[] Depths = [5, 10, 25, 50];

    /// <summary>The share of each question's evidence turns among the first turns, averaged over questions.</summary>
    public static async Task<string> TurnsAsync(
        IMemoryStore store,
        LocomoFile file,
        CancellationToken cancellationToken,
        WeightClass weightClass = WeightClass.Auto,
        AnalysisFeatures analysis = AnalysisFeatures.All)
    {
        double[] sums = new double[Depths.Length];
        int questions = 0;
        await foreach ((LocomoQuestion question, SearchResult result) in AskAsync(store, file, Depths[^1], [MemoryKind.Turn], cancellationToken, weightClass: weightClass, analysis: analysis))
        {
            string[] ranked = [.. result.Items.Select(item => item.Item.TurnId ?? "")];
            for (int i = 0; i < Depths.Length; i++)
            {
                sums[i] += (double)question.Evidence.Count(ranked.Take(Depths[i]).Contains) / question.Evidence.Count;
            }

            questions++;
        }

        return string.Join("  ", Depths.Select((depth, i) => Percent($"R@{depth}", sums[i] / questions)));
    }

    /// <summary>The share of evidence turns that the first ten items of these kinds rest on, and on how many turns each of them rests.</summary>
    public static async Task<string> CitedAsync(
        IMemoryStore store, LocomoFile file, IReadOnlyList<MemoryKind> kinds, CancellationToken cancellationToken)
    {
        double sum = 0;
        int questions = 0;
        int items = 0;
        int sources = 0;
        await foreach ((LocomoQuestion question, SearchResult result) in AskAsync(store, file, 10, kinds, cancellationToken))
        {
            HashSet<string> cited = [.. result.Items.SelectMany(item => item.Item.Sources).Select(source => source.TurnId)];
            sum += (double)question.Evidence.Count(cited.Contains) / question.Evidence.Count;
            items += result.Items.Count;
            sources += result.Items.Sum(item => item.Item.Sources.Count);
            questions++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Percent("cited@10", sum / questions)}  {(double)sources / items:F1} turns an item");
    }

    /// <summary>How often the best match is said by another than the one asked about: of what was said, and of what never was.</summary>
    public static async Task<string> MismatchAsync(IMemoryStore store, LocomoFile file, CancellationToken cancellationToken)
    {
        int[] flagged = [0, 0];
        int[] asked = [0, 0];
        await foreach ((LocomoQuestion question, SearchResult result) in AskAsync(store, file, 10, [MemoryKind.Turn], cancellationToken, withUnscored: true))
        {
            int group = question.IsScored ? 0 : 1;
            asked[group]++;
            flagged[group] += result.SubjectMismatch ? 1 : 0;
        }

        return $"{Percent("answerable", (double)flagged[0] / asked[0])}  {Percent("adversarial", (double)flagged[1] / Math.Max(1, asked[1]))}";
    }

    private static async IAsyncEnumerable<(LocomoQuestion Question, SearchResult Result)> AskAsync(
        IMemoryStore store,
        LocomoFile file,
        int count,
        IReadOnlyList<MemoryKind> kinds,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken,
        bool withUnscored = false,
        WeightClass weightClass = WeightClass.Auto,
        AnalysisFeatures analysis = AnalysisFeatures.All)
    {
        foreach (LocomoConversation conversation in file.Conversations)
        {
            foreach (LocomoQuestion question in conversation.Questions.Where(question => question.IsScored || withUnscored))
            {
                SearchPlan plan = new()
                {
                    Scope = LadderCorpus.ScopeOf(conversation),
                    Terms = QueryAnalyzer.Analyze(question.Q, analysis),
                    Hints = QuestionHints.Detect(question.Q),
                    Filter = new SearchFilter { Kinds = kinds },
                    WeightClass = weightClass,
                    Count = count,
                    Now = LadderCorpus.Now,
                };
                yield return (question, await store.SearchAsync(plan, cancellationToken));
            }
        }
    }

    private static string Percent(string name, double share) => string.Create(CultureInfo.InvariantCulture, $"{name} {100 * share,5:F1}");
}
