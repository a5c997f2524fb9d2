using MemoryDapr.Models;
using MemoryDapr.Recall;
using MemoryDapr.Stores;
using MemoryDapr.TestKit;
using MemoryDapr.Tests.Distill;
using MemoryDapr.Tests.Stores;
using MemoryDapr.Types;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Recall;

public sealed class EmbeddingRecallTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Memories.Start.AddDays(1));
    private readonly TemporaryStore _store = new();
    private ScriptedModelServer _models = null!;
    private WorkerHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _models = await ScriptedModelServer.StartAsync();
        _models.OnEmbed = Meaning;
        _host = await WorkerHost.StartAsync(
            _models,
            ("Models:EmbeddingModel", "scripted-embedding"), ("Models:EmbeddingQueryPrefix", "query: "), ("Models:EmbeddingTextPrefix", "passage: "));
        MemoryItem[] turns =
        [
            Memories.Turn(0, "Biscuit chewed my shoes"),
            Memories.Turn(1, "The train was late again"),
            Memories.Turn(2, "We had dinner in the garden"),
            Memories.Turn(3, "Which dog food is best?"),
        ];
        IReadOnlyList<IReadOnlyList<float>> vectors =
            await _host.Get<IEmbedder>().EmbedAsync([.. turns.Select(turn => turn.Text)], CancellationToken.None);
        await _store.Store.ApplyAsync(
            Memories.Batch(turns) with { Vectors = [.. turns.Zip(vectors, (turn, vector) => new ItemVector(turn.Id, vector))] },
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _models.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Recall_OfAMeaningInOtherWords_FindsItByItsVectorOverTheWordsScore()
    {
        RecallAnswer answer = await AskAsync(Recall(), "What did the puppy ruin?");

        answer.Degraded.ShouldBeNull();
        answer.Items[0].TurnIds.ShouldBe(["t0"]);
        double[] vectors = [.. answer.Items.Select(item => item.Explain!.Where(part => part.Name == "vector").Sum(part => part.Value))];
        vectors.Sum().ShouldBe(0, 1e-5);
        vectors.Sum(value => value * value).ShouldBe(vectors.Length, 1e-4);
        answer.Items.ShouldAllBe(item => Math.Abs(item.Explain!.Sum(part => part.Value) - item.Score) < 1e-9);
        (await AskAsync(Recall(), "What did the puppy ruin?", 2)).Items.Select(item => item.Id).ShouldBe(answer.Items.Take(2).Select(item => item.Id));
    }

    [Fact]
    public async Task Recall_EmbedderFails_RanksByWordsAndSaysSo()
    {
        RecallAnswer words = await AskAsync(Recall(new NoEmbedder()), "Was the train late?");
        foreach (ScriptedReply reply in new[] { ScriptedReply.Error(503), ScriptedReply.Error(400), ScriptedReply.Garbage("<html>") })
        {
            _models.OnEmbedFault = _ => reply;

            RecallAnswer answer = await AskAsync(Recall(), "Was the train late?");

            answer.Degraded.ShouldBe(["embedding"]);
            answer.Items.Select(item => (item.Id, item.Score)).ShouldBe(words.Items.Select(item => (item.Id, item.Score)));
        }
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(1, 0.5)]
    public async Task Recall_EmbedderIsSilent_RanksByWordsAtItsDeadlineOrHalfTheRecalls(double recall, double wait)
    {
        var asked = new TaskCompletionSource();
        _models.OnEmbedFault = _ =>
        {
            asked.SetResult();
            return ScriptedReply.Never();
        };
        Task<RecallAnswer> answer = AskAsync(Recall(options: new RecallOptions { Deadline = TimeSpan.FromSeconds(recall) }), "Was the train late?");
        await asked.Task;

        _time.Advance(TimeSpan.FromSeconds(wait));

        (await answer).Degraded.ShouldBe(["embedding"]);
    }

    [Fact]
    public async Task Recall_CallerGivesUp_IsCancelledAndNotDegraded()
    {
        using var caller = new CancellationTokenSource();
        _models.OnEmbedFault = _ =>
        {
            caller.Cancel();
            return ScriptedReply.Never();
        };

        await Should.ThrowAsync<OperationCanceledException>(() => AskAsync(Recall(), "Was the train late?", cancellationToken: caller.Token));
    }

    [Fact]
    public async Task Recall_OfTheWindowAlone_EmbedsNothing()
    {
        int calls = 0;
        _models.OnEmbedFault = _ =>
        {
            calls++;
            return ScriptedReply.Error(503);
        };

        RecallAnswer answer = await Recall().RecallAsync(
            Request("Was the train late?", 10) with { Tiers = [MemoryTier.Working] }, null, TimeSpan.Zero, null, CancellationToken.None);

        answer.Degraded.ShouldBeNull();
        calls.ShouldBe(0);
    }

    // Two axes of meaning, and which kind of text it is: a model that tells questions and passages apart.
    private static float[] Meaning(string text) =>
    [
        text.Contains("puppy", StringComparison.Ordinal) || text.Contains("Biscuit", StringComparison.Ordinal) ? 1 : 0,
        text.Contains("train", StringComparison.Ordinal) ? 1 : 0,
        text.StartsWith("query: ", StringComparison.Ordinal) ? 0.1f : text.StartsWith("passage: ", StringComparison.Ordinal) ? 0.2f : 10,
    ];

    private static RecallRequest Request(string query, int count) =>
        new() { Scope = Memories.Anna, Query = query, Count = count, Filter = new SearchFilter(), MaxTokens = 4000, Explain = true };

    private static Task<RecallAnswer> AskAsync(MemoryRecall recall, string query, int count = 10, CancellationToken cancellationToken = default) =>
        recall.RecallAsync(Request(query, count), null, TimeSpan.Zero, null, cancellationToken);

    private MemoryRecall Recall(IEmbedder? embedder = null, RecallOptions? options = null)
    {
        options ??= new RecallOptions();
        return new MemoryRecall(
            _store.Store,
            new RecallIntents(new NoChatModel(), options, _time, NullLogger<RecallIntents>.Instance),
            new QueryEmbedding(embedder ?? _host.Get<IEmbedder>(), options, _time, NullLogger<QueryEmbedding>.Instance),
            new ModelRerank(new NoChatModel(), options, new ModelsOptions(), _time, NullLogger<ModelRerank>.Instance),
            _time);
    }
}
