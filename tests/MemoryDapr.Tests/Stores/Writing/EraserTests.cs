using System.Text;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Writing;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores.Writing;

public sealed class EraserTests : IAsyncDisposable
{
    private readonly WriterFixture _scope = new();

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Fact]
    public async Task Erase_OfATurn_RebuildsWhatOthersSupportWithoutItsWords()
    {
        Turn secret = _scope.Said(0, "zanzibar");
        Turn other = _scope.Said(1, "the cat sleeps");
        await _scope.IndexAsync(secret, other);
        MemoryItem both = Memories.Derived(MemoryKind.Episode, 0, "zanzibar and the cat", new TurnSource("s1", "t0"), new TurnSource("s1", "t1"));
        MemoryItem alone = Memories.Derived(MemoryKind.Fact, 0, "zanzibar it is", new TurnSource("s1", "t0"));
        await _scope.Store.ApplyAsync(
            Memories.Batch(both, alone) with
            {
                History = [new HistoryEntry(both.Id, Memories.Start, "created", "they speak of zanzibar", "p1", [], both.Sources, null)],
            },
            CancellationToken.None);

        ErasureRecord receipt = await _scope.EraseAsync("item:x", [secret], []);

        receipt.Episodic.ShouldBe(1);
        receipt.Semantic.ShouldBe(1);
        receipt.Rebuilt.ShouldBe(1);
        (await _scope.TextsAsync()).ShouldBe(["the cat sleeps", "the cat sleeps"], ignoreOrder: true);
        (await _scope.Store.SearchAsync(Memories.Plan("zanzibar"), CancellationToken.None)).Items.ShouldNotContain(item => item.Item.Text.Contains("zanzibar"));
        IReadOnlyList<HistoryEntry> history = await _scope.Store.GetHistoryAsync("acme", both.Id, CancellationToken.None);
        history.Select(step => step.Action).ShouldBe(["created", "rebuilt"]);
        history.ShouldAllBe(step => !step.Reason.Contains("zanzibar") && !step.Sources.Contains(new TurnSource("s1", "t0")));
        BytesOnDisk().ShouldNotContain("zanzibar");
    }

    [Fact]
    public async Task Erase_Repeated_CountsNothingTwice()
    {
        Turn secret = _scope.Said(0, "zanzibar");
        await _scope.IndexAsync(secret, _scope.Said(1, "hello"));
        ErasureRecord first = await _scope.EraseAsync("item:x", [secret], []);
        _scope.Clock.Advance(TimeSpan.FromMinutes(1));

        ErasureRecord second = await _scope.EraseAsync("item:x", [secret], []);

        second.ShouldBe(first);
        (await _scope.Store.GetSessionAsync("acme", "s1", CancellationToken.None))!.TurnCount.ShouldBe(1);
    }

    [Fact]
    public async Task Erase_OfASession_CancelsItsPipelinesForGood()
    {
        Turn turn = _scope.Said(0, "zanzibar");
        PipelineRecord running = Memories.Pipeline("p1", PipelineStatus.Running) with { Draft = "zanzibar", DraftTurns = 1, To = 1 };
        await _scope.Writers.Turns.IndexAsync(WriterFixture.BatchOf(turn) with { Pipelines = [running] }, CancellationToken.None);
        await _scope.EraseAsync("session:s1", [turn], [], "s1");

        await _scope.Writers.Pipelines.RecordAsync(
            new PipelineBatch(Memories.Anna, [running with { Status = PipelineStatus.Succeeded }], []), CancellationToken.None);

        PipelineRecord stored = (await _scope.Store.GetPipelineAsync("acme", "p1", CancellationToken.None))!;
        stored.Status.ShouldBe(PipelineStatus.Cancelled);
        stored.Draft.ShouldBeNull();
        BytesOnDisk().ShouldNotContain("zanzibar");
    }

    [Fact]
    public async Task Erase_OfATurn_LeavesOtherUsersPipelinesAlone()
    {
        var bert = new Scope("acme", "bert");
        PipelineRecord others = Memories.Pipeline("p2", PipelineStatus.Running, scope: bert) with { SessionId = "s2", Draft = "theirs" };
        await _scope.Store.ApplyAsync(new StoreBatch { Scope = bert, Pipelines = [others] }, CancellationToken.None);
        Turn turn = _scope.Said(0, "zanzibar");
        await _scope.IndexAsync(turn);

        await _scope.EraseAsync("session:s1", [turn], [], "s1");

        (await _scope.Store.GetPipelineAsync("acme", "p2", CancellationToken.None))!.Draft.ShouldBe("theirs");
    }

    [Fact]
    public async Task Erase_OfAnEpisode_TakesItsFactsAndKeepsThemAway()
    {
        await _scope.IndexAsync(_scope.Said(0, "the cat sleeps"));
        MemoryItem episode = Memories.Derived(MemoryKind.Episode, 0, "a cat", new TurnSource("s1", "t0"));
        MemoryItem fact = Memories.Derived(MemoryKind.Fact, 0, "cats sleep", new TurnSource("s1", "t0")) with { DerivedFrom = [episode.Id] };
        await _scope.Store.ApplyAsync(Memories.Batch(episode, fact), CancellationToken.None);

        await _scope.EraseAsync($"item:{episode.Id}", [], [episode.Id]);
        DerivedOutcome late = await _scope.Writers.Derived.StoreAsync(
            new DerivedBatch(Memories.Anna, "promote-1", [fact], [], [], []), new RecentlyDerived("one"), CancellationToken.None);

        late.Dropped.ShouldBe([fact.Id]);
        (await _scope.TextsAsync()).ShouldBe(["the cat sleeps"]);
    }

    private string BytesOnDisk() => string.Concat(Directory.GetFiles(_scope.Files.Options.Directory).Select(Read));

    private static string Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
