using MemoryDapr.Recall.Ranking;
using MemoryDapr.Store;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Benchmarks;

/// <summary>
/// What each feature of the analysis and the ranking is worth: recall at 5, 10, 25 and 50 of the evidence turns, feature by feature, then
/// all but one; then what of the evidence the distilled items cite.
/// </summary>
internal static class Ladder
{
    private static readonly RankingFeatures[] Steps =
    [
        RankingFeatures.Context, RankingFeatures.Speaker, RankingFeatures.FirstPerson, RankingFeatures.Question, RankingFeatures.Date,
        RankingFeatures.AnswerType, RankingFeatures.Nudges, RankingFeatures.EvidenceRarity, RankingFeatures.Distilled,
        RankingFeatures.PartTraits,
    ];

    private static readonly AnalysisFeatures[] AnalysisSteps =
    [
        AnalysisFeatures.StopWords, AnalysisFeatures.Stems, AnalysisFeatures.IrregularForms, AnalysisFeatures.Header, AnalysisFeatures.Chunks,
    ];

    /// <summary>Turns that one pipeline distils: as they come one by one, and sessions posted whole.</summary>
    private static readonly int[] Pipelines = [5, 100];

    public static async Task<int> RunAsync(string path, TextWriter output, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            await output.WriteLineAsync($"skipped: {path} is not there (a LoCoMo file; it is not ours to distribute)");
            return 0;
        }

        var file = LocomoFile.Read(path);
        foreach (int turns in Pipelines)
        {
            await output.WriteLineAsync($"-- distilled {turns} turns at a time --");
            await ClimbAnalysisAsync(file, turns, output, cancellationToken);
            await InFolderAsync(async folder =>
            {
                await FillAsync(file, folder, turns, AnalysisFeatures.All, cancellationToken);
                await ClimbAsync(file, folder, output, cancellationToken);
            });
        }

        return 0;
    }

    // What a text is analysed with is in the index: each step is a store of its own.
    private static async Task ClimbAnalysisAsync(LocomoFile file, int turns, TextWriter output, CancellationToken cancellationToken)
    {
        AnalysisFeatures features = AnalysisFeatures.None;
        await PrintAsync("folded words");
        foreach (AnalysisFeatures step in AnalysisSteps)
        {
            features |= step;
            await PrintAsync($"+ {step}");
        }

        Task PrintAsync(string name) => InFolderAsync(async folder =>
        {
            await FillAsync(file, folder, turns, features, cancellationToken);
            await using var store = SqliteStore.Open(new StoreOptions { Directory = folder.FullName }, RankingFeatures.None, features);
            await output.WriteLineAsync($"{name,-20} {await LadderScore.TurnsAsync(store, file, cancellationToken, analysis: features)}");
        });
    }

    private static async Task InFolderAsync(Func<DirectoryInfo, Task> work)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memory-ladder-");
        try
        {
            await work(folder);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(
        LocomoFile file, DirectoryInfo folder, int turnsPerPipeline, AnalysisFeatures analysis, CancellationToken cancellationToken)
    {
        await using var store = SqliteStore.Open(new StoreOptions { Directory = folder.FullName }, analysis: analysis);
        foreach (LocomoConversation conversation in file.Conversations)
        {
            MemoryItem[] items = [.. LadderCorpus.Turns(conversation), .. LadderCorpus.Distil(conversation, turnsPerPipeline)];
            await store.ApplyAsync(new StoreBatch { Scope = LadderCorpus.ScopeOf(conversation), Items = items }, cancellationToken);
        }
    }

    private static async Task ClimbAsync(LocomoFile file, DirectoryInfo folder, TextWriter output, CancellationToken cancellationToken)
    {
        RankingFeatures features = RankingFeatures.None;
        await PrintAsync("words alone", features, store => LadderScore.TurnsAsync(store, file, cancellationToken));
        foreach (RankingFeatures step in Steps)
        {
            features |= step;
            await PrintAsync($"+ {step}", features, store => LadderScore.TurnsAsync(store, file, cancellationToken));
        }

        foreach (RankingFeatures step in Steps)
        {
            await PrintAsync($"all but {step}", RankingFeatures.All & ~step, store => LadderScore.TurnsAsync(store, file, cancellationToken));
        }

        foreach (WeightClass weightClass in (WeightClass[])[WeightClass.Full, WeightClass.Light])
        {
            await PrintAsync($"{weightClass} context".ToLowerInvariant(), RankingFeatures.All, store => LadderScore.TurnsAsync(store, file, cancellationToken, weightClass));
        }

        foreach (MemoryKind[] kinds in (MemoryKind[][])[[MemoryKind.Episode], [MemoryKind.Fact], [MemoryKind.Episode, MemoryKind.Fact]])
        {
            await PrintAsync(string.Join(", ", kinds), RankingFeatures.All, store => LadderScore.CitedAsync(store, file, kinds, cancellationToken));
        }

        await PrintAsync("subject mismatch", RankingFeatures.All, store => LadderScore.MismatchAsync(store, file, cancellationToken));

        async Task PrintAsync(string name, RankingFeatures left, Func<IMemoryStore, Task<string>> measure)
        {
            await using var store = SqliteStore.Open(new StoreOptions { Directory = folder.FullName }, left);
            await output.WriteLineAsync($"{name,-20} {await measure(store)}");
        }
    }
}
