using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores.Writing;

public sealed class TurnIndexerTests : IAsyncDisposable
{
    private readonly WriterFixture _scope = new();

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Fact]
    public async Task Index_Repeated_ChangesNothingAndKeepsSalience()
    {
        Turn turn = _scope.Said(0, "I moved to Oslo");
        await _scope.IndexAsync(turn);
        string id = ItemId.ForTurn(Memories.Anna, "s1", "t0");
        await _scope.Writers.Citations.CountAsync(
            new CitationBatch(Memories.Anna, [new Citation(id, "a1", CitationVerdict.Used, _scope.Now)], 0.8), CancellationToken.None);
        MemoryItem before = (await _scope.Store.GetItemsAsync("acme", [id], CancellationToken.None))[0];
        _scope.Clock.Advance(TimeSpan.FromMinutes(5));

        (await _scope.IndexAsync(turn)).Erased.ShouldBeEmpty();

        MemoryItem after = (await _scope.Store.GetItemsAsync("acme", [id], CancellationToken.None))[0];
        after.Salience.ShouldBe(before.Salience);
        after.CreatedAt.ShouldBe(before.CreatedAt);
        (await _scope.Store.GetSessionAsync("acme", "s1", CancellationToken.None))!.TurnCount.ShouldBe(1);
    }

    [Fact]
    public async Task Index_OfAnErasedTurn_LeavesItOut()
    {
        Turn secret = _scope.Said(0, "my secret");
        await _scope.IndexAsync(secret, _scope.Said(1, "hello"));
        await _scope.EraseAsync("item:x", [secret], []);

        IndexedTurns again = await _scope.IndexAsync(secret);

        again.Erased.ShouldBe([new TurnSource("s1", "t0")]);
        (await _scope.TextsAsync()).ShouldBe(["hello"]);
    }

    [Fact]
    public async Task Index_OfErasedWordsUnderAnotherServerId_FollowsTheirTime()
    {
        Turn secret = _scope.Said(0, "my secret", hasClientId: false);
        Turn twice = _scope.Said(1, "my secret", hasClientId: false);
        await _scope.IndexAsync(secret, twice);
        _scope.Clock.Advance(TimeSpan.FromMinutes(1));
        await _scope.EraseAsync("item:x", [secret], []);
        Turn late = secret with { Id = "late", Ordinal = 2 };
        Turn later = _scope.Said(3, "my secret", hasClientId: false) with { Id = "later" };

        IndexedTurns indexed = await _scope.IndexAsync(twice, late, later);

        indexed.Erased.ShouldBe([new TurnSource("s1", "late")]);
        (await _scope.Store.ListTurnsAsync(Memories.Anna, "s1", 0, 10, CancellationToken.None))
            .Select(turn => turn.TurnId).ShouldBe(["t1", "later"]);
    }

    [Fact]
    public async Task Index_OfErasedTurnsAlone_BringsNoSessionBack()
    {
        Turn secret = _scope.Said(0, "my secret");
        await _scope.IndexAsync(secret);
        await _scope.EraseAsync("session:s1", [secret], [], "s1");

        await _scope.Writers.Turns.IndexAsync(
            WriterFixture.BatchOf(secret) with { Pipelines = [Memories.Pipeline("p1", PipelineStatus.Queued)] }, CancellationToken.None);

        (await _scope.Store.GetSessionAsync("acme", "s1", CancellationToken.None)).ShouldBeNull();
        (await _scope.Store.GetPipelineAsync("acme", "p1", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Index_OfTurnsFromBeforeTheirUserWasErased_BuriesThem()
    {
        Turn before = _scope.Said(0, "my secret");
        _scope.Clock.Advance(TimeSpan.FromSeconds(1));
        await _scope.EraseAsync("user:anna", [], []);
        _scope.Clock.Advance(TimeSpan.FromSeconds(1));

        (await _scope.IndexAsync(before)).Erased.Count.ShouldBe(1);
        IndexedTurns retried = await _scope.IndexAsync(before with { ReceivedAt = _scope.Now }, _scope.Said(1, "hello again"));

        retried.Erased.ShouldBe([new TurnSource("s1", "t0")]);
        (await _scope.TextsAsync()).ShouldBe(["hello again"]);
    }

    [Fact]
    public async Task Index_WithAPipelineThatIsAtWork_DoesNotResetIt()
    {
        Turn turn = _scope.Said(0, "hello");
        TurnBatch batch = WriterFixture.BatchOf(turn) with { Pipelines = [Memories.Pipeline("p1", PipelineStatus.Queued)] };
        await _scope.Writers.Turns.IndexAsync(batch, CancellationToken.None);
        await _scope.Writers.Pipelines.RecordAsync(
            new PipelineBatch(Memories.Anna, [Memories.Pipeline("p1", PipelineStatus.Running)], []), CancellationToken.None);

        await _scope.Writers.Turns.IndexAsync(batch, CancellationToken.None);

        (await _scope.Store.GetPipelineAsync("acme", "p1", CancellationToken.None))!.Status.ShouldBe(PipelineStatus.Running);
    }
}
