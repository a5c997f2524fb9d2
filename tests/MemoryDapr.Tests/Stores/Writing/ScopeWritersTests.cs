using MemoryDapr.Stores;
using MemoryDapr.Stores.Writing;
using MemoryDapr.Types;
using NSubstitute;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores.Writing;

public sealed class ScopeWritersTests : IAsyncDisposable
{
    private readonly WriterFixture _scope = new();

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    [Fact]
    public async Task Derived_Repeated_IsStoredOnce()
    {
        await _scope.IndexAsync(_scope.Said(0, "the cat sleeps"));
        MemoryItem episode = Memories.Derived(MemoryKind.Episode, 0, "a cat sleeps", new TurnSource("s1", "t0"));
        var batch = new DerivedBatch(Memories.Anna, "p1", [episode], [], [], []);

        DerivedOutcome first = await _scope.Writers.Derived.StoreAsync(batch, new RecentlyDerived("one"), CancellationToken.None);
        DerivedOutcome second = await _scope.Writers.Derived.StoreAsync(batch, new RecentlyDerived("one"), CancellationToken.None);

        first.Stored.ShouldBe([episode.Id]);
        second.Stored.ShouldBe([episode.Id]);
        second.Conflicts.ShouldBeEmpty();
        (await _scope.TextsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Derived_WithTheTurnsItDistils_AdvancesTheirSessionInTheSameCommit()
    {
        await _scope.IndexAsync(_scope.Said(0, "the cat sleeps"), _scope.Said(1, "hello"));
        var mark = new DistilledMark(Memories.Anna, "s1", new OrdinalRange(0, 2));
        MemoryItem episode = Memories.Derived(MemoryKind.Episode, 0, "a cat sleeps", new TurnSource("s1", "t0"));

        await _scope.Writers.Derived.StoreAsync(
            new DerivedBatch(Memories.Anna, "p1", [episode], [], [], []) { Distilled = mark }, new RecentlyDerived("one"), CancellationToken.None);

        (await _scope.Store.GetSessionAsync("acme", "s1", CancellationToken.None))!.DistilledTo.ShouldBe(2);
        (await _scope.Writers.Turns.AdvanceDistilledAsync(mark, CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task Derived_FromErasedTurns_IsRebuiltOrDropped()
    {
        Turn secret = _scope.Said(0, "zanzibar");
        await _scope.IndexAsync(secret, _scope.Said(1, "the cat sleeps"));
        await _scope.EraseAsync("item:x", [secret], []);
        MemoryItem both = Memories.Derived(MemoryKind.Episode, 0, "zanzibar, a cat", new TurnSource("s1", "t0"), new TurnSource("s1", "t1"));
        MemoryItem alone = Memories.Derived(MemoryKind.Episode, 1, "zanzibar", new TurnSource("s1", "t0"));
        var why = new HistoryEntry(both.Id, _scope.Now, "created", "for zanzibar", "p1", [], both.Sources, null);

        DerivedOutcome outcome = await _scope.Writers.Derived.StoreAsync(
            new DerivedBatch(Memories.Anna, "p1", [both, alone], [why], [], []), new RecentlyDerived("one"), CancellationToken.None);

        outcome.Dropped.ShouldBe([alone.Id]);
        (await _scope.TextsAsync()).ShouldAllBe(text => text == "the cat sleeps");
        (await _scope.Store.GetHistoryAsync("acme", both.Id, CancellationToken.None)).ShouldHaveSingleItem().Reason.ShouldNotContain("zanzibar");
    }

    [Fact]
    public async Task Derived_OnAStaleVersionOrBesideASimilarOne_IsAConflict()
    {
        await _scope.IndexAsync(_scope.Said(0, "the cat sleeps"));
        MemoryItem there = Memories.Derived(MemoryKind.Episode, 0, "the cat sleeps on the sofa", new TurnSource("s1", "t0")) with { Version = 3 };
        await _scope.Store.ApplyAsync(Memories.Batch(there), CancellationToken.None);

        DerivedOutcome stale = await _scope.Writers.Derived.StoreAsync(
            new DerivedBatch(Memories.Anna, "p1", [there with { Version = 3, Text = "merged" }], [], [], []), new RecentlyDerived("one"), CancellationToken.None);
        MemoryItem same = there with { Id = ItemId.ForEpisode(Memories.Anna, "p2", 0), Version = 1 };
        DerivedOutcome similar = await _scope.Writers.Derived.StoreAsync(
            new DerivedBatch(Memories.Anna, "p2", [same], [], [], []), new RecentlyDerived("one"), CancellationToken.None);
        DerivedOutcome seen = await _scope.Writers.Derived.StoreAsync(
            new DerivedBatch(Memories.Anna, "p2", [same], [], [there.Id], []), new RecentlyDerived("one"), CancellationToken.None);

        stale.Conflicts.ShouldHaveSingleItem().Id.ShouldBe(there.Id);
        similar.Conflicts.ShouldHaveSingleItem().Id.ShouldBe(there.Id);
        seen.Stored.ShouldBe([same.Id]);
    }

    [Fact]
    public async Task Draft_OfAnErasedTurn_IsNotKept()
    {
        Turn secret = _scope.Said(0, "zanzibar");
        await _scope.IndexAsync(secret, _scope.Said(1, "hello"));
        await _scope.EraseAsync("item:x", [secret], []);
        PipelineRecord drafted = Memories.Pipeline("p1", PipelineStatus.Running) with { To = 2, Draft = "zanzibar", DraftTurns = 2 };

        await _scope.Writers.Pipelines.RecordAsync(new PipelineBatch(Memories.Anna, [drafted], []), CancellationToken.None);

        (await _scope.Store.GetPipelineAsync("acme", "p1", CancellationToken.None))!.Draft.ShouldBeNull();
    }

    [Fact]
    public async Task Citations_OfFiveAnswers_MakeAnEpisodeRipeAndCountOnce()
    {
        MemoryItem episode = Memories.Derived(MemoryKind.Episode, 0, "a cat") with { Salience = SalienceLevel.New(_scope.Now) };
        await _scope.Store.ApplyAsync(Memories.Batch(episode), CancellationToken.None);
        Citation[] uses = [.. Enumerable.Range(0, 5).Select(i => new Citation(episode.Id, $"a{i}", CitationVerdict.Used, default))];

        CitationOutcome four = await CiteAsync(uses[..4]);
        CitationOutcome five = await CiteAsync(uses);
        double used = (await ItemAsync(episode.Id)).Salience.ValueAt(_scope.Now);
        CitationOutcome refuted = await CiteAsync(new Citation(episode.Id, "a9", CitationVerdict.Refuted, _scope.Now.AddYears(5)));

        four.Ripe.ShouldBeEmpty();
        five.ShouldSatisfyAllConditions(() => five.Counted.ShouldBe(1), () => five.Repeated.ShouldBe(4), () => five.Ripe.ShouldBe([episode.Id]));
        used.ShouldBeGreaterThanOrEqualTo(0.8);
        refuted.Counted.ShouldBe(1);
        (await ItemAsync(episode.Id)).Salience.ShouldBe(new SalienceLevel(used * 0.7, _scope.Now));
    }

    [Fact]
    public async Task Edit_OfAStaleVersion_IsRefusedButARepeatedOneIsNot()
    {
        MemoryItem fact = Memories.Derived(MemoryKind.Fact, 0, "the cat is grey");
        await _scope.Store.ApplyAsync(Memories.Batch(fact), CancellationToken.None);
        var edit = new ItemEdit(Memories.Anna, fact.Id, 1, "the cat is black", null, null, null, _scope.Now);

        (await _scope.Writers.Items.EditAsync(edit, CancellationToken.None)).Value!.Version.ShouldBe(2);
        (await _scope.Writers.Items.EditAsync(edit, CancellationToken.None)).Value!.Version.ShouldBe(2);
        Outcome<MemoryItem> stale = await _scope.Writers.Items.EditAsync(edit with { Text = "white" }, CancellationToken.None);

        stale.Refusal!.Kind.ShouldBe(RefusalKind.PreconditionFailed);
        (await _scope.TextsAsync()).ShouldBe(["the cat is black"]);
    }

    [Fact]
    public async Task Documents_Repeated_KeepTheirVersion()
    {
        var batch = new DocumentBatch(Memories.Anna, [new NewDocument("d1", null, "the manual", Memories.Start, null, null, null)], _scope.Now);
        await _scope.Writers.Items.StoreDocumentsAsync(batch, CancellationToken.None);

        (await _scope.Writers.Items.StoreDocumentsAsync(batch, CancellationToken.None))[0].Version.ShouldBe(1);
        NewDocument changed = batch.Documents[0] with { Text = "the new manual" };
        (await _scope.Writers.Items.StoreDocumentsAsync(batch with { Documents = [changed] }, CancellationToken.None))[0].Version.ShouldBe(2);
        (await _scope.TextsAsync()).ShouldBe(["the new manual"]);
    }

    [Fact]
    public async Task Import_OfAnExport_StoresWhatIsMissingAndNotErasedOnce()
    {
        Turn secret = _scope.Said(0, "zanzibar");
        await _scope.IndexAsync(secret, _scope.Said(1, "hello"));
        MemoryItem document = Memories.Derived(MemoryKind.Fact, 0, "x") with
        {
            Id = ItemId.ForDocument(Memories.Anna, "d1"), Kind = MemoryKind.Document, Text = "a document",
        };
        MemoryItem tells = Memories.Derived(MemoryKind.Episode, 0, "they speak of zanzibar", new TurnSource("s1", "t0"), new TurnSource("s1", "t1"));
        await _scope.Store.ApplyAsync(Memories.Batch(document), CancellationToken.None);
        IReadOnlyList<MemoryItem> items =
            [.. (await _scope.Store.ListItemsAsync(new ItemQuery { Scope = Memories.Anna }, CancellationToken.None)).Items, Memories.Turn(7, "new"), tells];
        await _scope.EraseAsync("item:x", [secret], [document.Id]);
        var import = new ImportBatch(Memories.Anna, [Memories.Session("s1")], items, _scope.Now);

        ImportOutcome first = await _scope.Writers.Imports.ImportAsync(import, CancellationToken.None);
        ImportOutcome second = await _scope.Writers.Imports.ImportAsync(import, CancellationToken.None);

        first.ShouldBe(new ImportOutcome(Stored: 1, Known: 1, Erased: 3, Foreign: 0));
        second.ShouldBe(new ImportOutcome(Stored: 0, Known: 2, Erased: 3, Foreign: 0));
        (await _scope.TextsAsync()).ShouldBe(["hello", "new"], ignoreOrder: true);
        SessionRecord session = (await _scope.Store.GetSessionAsync("acme", "s1", CancellationToken.None))!;
        session.TurnCount.ShouldBe(2);
        session.NextOrdinal.ShouldBe(8);
    }

    [Fact]
    public async Task Import_OfAnotherUsersSession_LeavesItAlone()
    {
        SessionRecord theirs = Memories.Session("s1", scope: new Scope("acme", "bert"));
        _scope.Windows.FindAsync("acme", "s1", Arg.Any<CancellationToken>()).Returns(theirs);

        ImportOutcome outcome = await _scope.Writers.Imports.ImportAsync(
            new ImportBatch(Memories.Anna, [Memories.Session("s1")], [Memories.Turn(0, "mine")], _scope.Now), CancellationToken.None);

        outcome.ShouldBe(new ImportOutcome(0, 0, 0, Foreign: 1));
        (await _scope.Store.GetSessionAsync("acme", "s1", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Import_OfAnErasedSessionsLine_BringsNoSessionBack()
    {
        Turn turn = _scope.Said(0, "zanzibar");
        await _scope.IndexAsync(turn);
        await _scope.EraseAsync("session:s1", [turn], [], "s1");

        await _scope.Writers.Imports.ImportAsync(
            new ImportBatch(Memories.Anna, [Memories.Session("s1")], [], _scope.Now), CancellationToken.None);

        (await _scope.Store.GetSessionAsync("acme", "s1", CancellationToken.None)).ShouldBeNull();
    }

    private Task<CitationOutcome> CiteAsync(params Citation[] citations) =>
        _scope.Writers.Citations.CountAsync(new CitationBatch(Memories.Anna, citations, 0.8), CancellationToken.None);

    private async Task<MemoryItem> ItemAsync(string id) => (await _scope.Store.GetItemsAsync("acme", [id], CancellationToken.None))[0];
}
