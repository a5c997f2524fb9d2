using MemoryDapr.Models;
using MemoryDapr.Recall;
using MemoryDapr.Stores;
using MemoryDapr.TestKit;
using MemoryDapr.Tests.Distill;
using MemoryDapr.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Recall;

public sealed class ModelRecallTests : IAsyncLifetime
{
    private const int Items = 60;

    private readonly FakeTimeProvider _time = new(Memories.Start.AddDays(1));
    private readonly TemporaryStore _store = new();
    private ScriptedModelServer _models = null!;
    private WorkerHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _models = await ScriptedModelServer.StartAsync();
        _host = await WorkerHost.StartAsync(_models);
        await _store.Store.ApplyAsync(
            Memories.Batch([.. Enumerable.Range(0, Items).Select(index => Memories.Turn(index, $"The puppy chewed shoe {index}"))]),
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _models.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Recall_ModelReadsTheIntent_UsesAndKeepsItsReading()
    {
        _models.OnChat = _ => ScriptedReply.Json(new { asksFor = new[] { "time" }, firstPerson = true, days = new[] { "2026-03-01" }, months = new[] { "2026-02" } });
        MemoryRecall recall = Recall(new RecallOptions { UseModelIntent = true });

        RecallAnswer first = await AskAsync(recall, "Wann hat der Welpe den Schuh zerkaut?");
        RecallAnswer second = await AskAsync(recall, " Wann hat der Welpe den Schuh zerkaut? ");

        first.Intent.ShouldBeEquivalentTo(second.Intent);
        first.Intent.Kind.ShouldBe(IntentKind.Time);
        first.Intent.FirstPerson.ShouldBeTrue();
        first.Intent.Days.ShouldBe([new DateOnly(2026, 3, 1)]);
        first.Intent.Months.ShouldBe([new DateOnly(2026, 2, 1)]);
        first.Intent.Hints.WantsTime.ShouldBeTrue();
        first.Degraded.ShouldBeNull();
        _models.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Recall_SameQuestionAnotherDayOrTenant_IsReadAgain()
    {
        _models.OnChat = _ => Open();
        RecallIntents intents = Intents(new RecallOptions { UseModelIntent = true });

        await intents.ReadAsync("acme", "yesterday", _time.GetUtcNow(), CancellationToken.None);
        await intents.ReadAsync("acme", "yesterday", _time.GetUtcNow().AddDays(1), CancellationToken.None);
        await intents.ReadAsync("other", "yesterday", _time.GetUtcNow(), CancellationToken.None);

        _models.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Recall_EqualQuestionsAtOneTime_MakeOneCall()
    {
        _models.OnChat = _ => Open();
        MemoryRecall recall = Recall(new RecallOptions { UseModelIntent = true });

        RecallAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(recall, "What about the puppy?")));

        answers.ShouldAllBe(answer => answer.Items.Count > 0);
        _models.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Recall_ModelFails_RulesReadAndTheAnswerSaysSo()
    {
        MemoryRecall recall = Recall(new RecallOptions { UseModelIntent = true });
        foreach (ScriptedReply reply in new[] { ScriptedReply.Error(500), ScriptedReply.Content("I think so"), ScriptedReply.Json(new { asksFor = new[] { "time" }, firstPerson = false, days = new[] { "soon" }, months = Array.Empty<string>() }) })
        {
            _models.OnChat = _ => reply;

            RecallAnswer answer = await AskAsync(recall, "How many shoes did the puppy chew?");

            answer.Intent.Kind.ShouldBe(IntentKind.Number);
            answer.Degraded.ShouldBe(["intent"]);
            answer.Items.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Recall_ModelIsSilent_RulesReadAtTheDeadline()
    {
        var asked = new TaskCompletionSource();
        _models.OnChat = _ =>
        {
            asked.SetResult();
            return ScriptedReply.Never();
        };
        var options = new RecallOptions { UseModelIntent = true };
        Task<RecallAnswer> answer = AskAsync(Recall(options), "Who chewed the shoes?");
        await asked.Task;

        _time.Advance(options.IntentDeadline);

        (await answer).Degraded.ShouldBe(["intent"]);
    }

    [Fact]
    public async Task Recall_SwitchedOffOrNoModel_AsksNobody()
    {
        (await AskAsync(Recall(new RecallOptions()), "Who chewed the shoes?")).Degraded.ShouldBeNull();
        var on = new RecallOptions { UseModelIntent = true, UseModelRerank = true };
        var withoutModel = new MemoryRecall(_store.Store, Intents(on, new NoChatModel()), Embedding(on), Rerank(on, new NoChatModel()), _time);

        (await AskAsync(withoutModel, "Who chewed the shoes?")).Degraded.ShouldBeNull();

        _models.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rerank_AnyCount_IsAPrefixAndPartsSumToFallingScores()
    {
        _models.OnChat = _ => ScriptedReply.Json(new { order = new[] { 7, 3, 49 } });
        MemoryRecall recall = Recall(new RecallOptions { UseModelRerank = true });
        RecallAnswer stored = await AskAsync(Recall(new RecallOptions()), "puppy chewed", 60);

        RecallAnswer all = await AskAsync(recall, "puppy chewed", 60);
        RecallAnswer few = await AskAsync(recall, "puppy chewed", 5);

        string[] before = [.. stored.Items.Select(item => item.Id)];
        string[] after = [.. all.Items.Select(item => item.Id)];
        after[..5].ShouldBe([before[7], before[3], before[49], before[0], before[1]]);
        after.ShouldBe(before, ignoreOrder: true);
        after[50..].ShouldBe(before[50..]);
        few.Items.Select(item => item.Id).ShouldBe(after[..5]);
        all.Items.ShouldAllBe(item => Math.Abs(item.Explain!.Sum(part => part.Value) - item.Score) < 1e-9);
        all.Items.Select(item => item.Score).ShouldBeInOrder(SortDirection.Descending);
        _models.Calls.Select(call => call.Messages[1]).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Rerank_Fails_LeavesTheStoresOrderAndSaysSo()
    {
        RecallAnswer stored = await AskAsync(Recall(new RecallOptions()), "puppy chewed");
        foreach (ScriptedReply reply in new[] { ScriptedReply.Error(503), ScriptedReply.Json(new { order = new[] { 50 } }), ScriptedReply.Json(new { order = new[] { 1, 1 } }) })
        {
            _models.OnChat = _ => reply;

            RecallAnswer answer = await AskAsync(Recall(new RecallOptions { UseModelRerank = true }), "puppy chewed");

            answer.Items.Select(item => item.Id).ShouldBe(stored.Items.Select(item => item.Id));
            answer.Degraded.ShouldBe(["rerank"]);
        }
    }

    private static ScriptedReply Open() =>
        ScriptedReply.Json(new { asksFor = Array.Empty<string>(), firstPerson = false, days = Array.Empty<string>(), months = Array.Empty<string>() });

    private MemoryRecall Recall(RecallOptions options) => new(_store.Store, Intents(options), Embedding(options), Rerank(options), _time);

    private RecallIntents Intents(RecallOptions options, IChatModel? model = null) =>
        new(model ?? _host.Get<IChatModel>(), options, _time, NullLogger<RecallIntents>.Instance);

    private QueryEmbedding Embedding(RecallOptions options) => new(new NoEmbedder(), options, _time, NullLogger<QueryEmbedding>.Instance);

    private ModelRerank Rerank(RecallOptions options, IChatModel? model = null) =>
        new(model ?? _host.Get<IChatModel>(), options, new ModelsOptions(), _time, NullLogger<ModelRerank>.Instance);

    private static Task<RecallAnswer> AskAsync(MemoryRecall recall, string query, int count = 10) => recall.RecallAsync(
        new RecallRequest { Scope = Memories.Anna, Query = query, Count = count, Filter = new SearchFilter(), MaxTokens = 4000, Explain = true },
        null, TimeSpan.Zero, null, CancellationToken.None);
}
