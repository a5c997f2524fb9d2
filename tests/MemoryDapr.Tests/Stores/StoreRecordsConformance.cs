using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

/// <summary>What every memory store keeps beside what it ranks: lists, sessions, pipelines, erasures, citations.</summary>
public abstract class StoreRecordsConformance : IAsyncLifetime
{
    internal IMemoryStore Store { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    private protected abstract Task<IMemoryStore> OpenAsync();

    [Fact]
    public async Task ListItems_ByPages_GivesEachOnceThoughOthersArrive()
    {
        await Apply(Batch([.. Enumerable.Range(0, 10).Select(i => Turn(i * 2, $"turn {i}"))]));
        var query = new ItemQuery { Scope = Anna, Limit = 4 };
        Page<MemoryItem> first = await Store.ListItemsAsync(query, Cancellation);
        await Apply(Batch(Turn(1, "early"), Turn(99, "late")));
        Page<MemoryItem> second = await Store.ListItemsAsync(query with { Cursor = first.NextCursor }, Cancellation);
        Page<MemoryItem> third = await Store.ListItemsAsync(query with { Cursor = second.NextCursor }, Cancellation);

        first.NextCursor!.ShouldMatch("^[A-Za-z0-9_-]+$");
        first.Items.Concat(second.Items).Concat(third.Items).Select(item => item.Ordinal).ShouldBe([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 99]);
        third.NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task ListItems_WithConditions_GivesThoseThatMeetThem()
    {
        MemoryItem ripe = Derived(MemoryKind.Episode, 0, "ripe") with { Salience = new SalienceLevel(0.9, Start) };
        MemoryItem promoted = Derived(MemoryKind.Episode, 1, "promoted") with { Salience = new SalienceLevel(0.9, Start), Promoted = true };
        MemoryItem young = Derived(MemoryKind.Episode, 2, "young");
        await Apply(Batch(Turn(0, "turn"), ripe, promoted, young));

        (await Texts(new ItemQuery { Scope = Anna, PromotableFrom = 0.8 })).ShouldBe(["ripe"]);
        (await Texts(new ItemQuery { Scope = Anna, Kinds = [MemoryKind.Turn, MemoryKind.Fact] })).ShouldBe(["turn"]);
        (await Texts(new ItemQuery { Scope = Anna, SessionId = "s2" })).ShouldBeEmpty();

        async Task<IEnumerable<string>> Texts(ItemQuery query) => (await Store.ListItemsAsync(query, Cancellation)).Items.Select(item => item.Text);
    }

    [Fact]
    public async Task ListTurns_FromAnOrdinal_GivesThemInOrder()
    {
        await Apply(Batch(Turn(2, "c"), Turn(0, "a"), Turn(1, "b"), Turn(10, "d"), Turn(3, "x", sessionId: "s2")));

        IReadOnlyList<MemoryItem> turns = await Store.ListTurnsAsync(Anna, "s1", 1, 2, Cancellation);

        turns.Select(turn => turn.Text).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task FindCiting_AfterAMerge_FollowsTheSources()
    {
        MemoryItem episode = Derived(MemoryKind.Episode, 0, "story", new TurnSource("s1", "t0"), new TurnSource("s1", "t1"));
        await Apply(Batch(Turn(0, "a"), episode));
        await Apply(Batch(episode with { Sources = [new TurnSource("s1", "t1")], Version = 2 }));

        (await Store.FindCitingAsync(Anna, [new TurnSource("s1", "t0")], Cancellation)).ShouldBeEmpty();
        (await Store.FindCitingAsync(Anna, [new TurnSource("s1", "t1")], Cancellation)).ShouldHaveSingleItem().Version.ShouldBe(2);
        (await Store.FindCitingAsync(new Scope("acme", "bert"), [new TurnSource("s1", "t1")], Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task GetHistory_OfManySteps_KeepsTheLastHundredInOrder()
    {
        MemoryItem item = Turn(0, "a");
        await Apply(Batch(item) with
        {
            History = [.. Enumerable.Range(0, 130).Select(i => new HistoryEntry(item.Id, Start.AddSeconds(i), "merged", $"step {i}", null, [], [], null))],
        });

        IReadOnlyList<HistoryEntry> history = await Store.GetHistoryAsync("acme", item.Id, Cancellation);

        history.Select(entry => entry.Reason).ShouldBe(Enumerable.Range(30, 100).Select(i => $"step {i}"));
    }

    [Fact]
    public async Task FindTurns_OfStoredAndErasedOnes_TellsThemApart()
    {
        DateTimeOffset erased = Start.AddHours(1);
        Turn byService = Said("new", "my secret", clientId: false, Start);
        await Apply(Batch(Turn(0, "stored")) with
        {
            Tombstones = [new TurnTombstone("s1", "gone", null, erased), new TurnTombstone("s1", "other", byService.ContentHash, erased)],
        });

        IReadOnlyList<KnownTurn> known = await Store.FindTurnsAsync(
            new TurnLookup("acme", "s1",
            [
                Said("t0", "stored", clientId: true, Start),
                Said("gone", "said again", clientId: true, erased.AddDays(9)),
                byService,
                byService with { Id = "later", At = erased },
                byService with { Id = "client", HasClientId = true },
                Said("unknown", "x", clientId: true, Start),
            ]),
            Cancellation);

        known.ShouldBe(
        [
            new KnownTurn("t0", Said("t0", "stored", true, Start).ContentHash, false),
            new KnownTurn("gone", null, true),
            new KnownTurn("new", null, true),
        ]);
        (await Store.FindTurnsAsync(new TurnLookup("other", "s1", [byService, Said("t0", "stored", true, Start)]), Cancellation)).ShouldBeEmpty();
        (await Store.FindTurnsAsync(new TurnLookup("acme", "s2", [byService]), Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sessions_OfTenantsAndUsers_AreListedNewestFirst()
    {
        var bert = new Scope("acme", "bert");
        await Apply(new StoreBatch { Scope = Anna, Sessions = [Session("a", 1), Session("b", 2, distilledTo: 3), Session("c", 3)] });
        await Apply(new StoreBatch { Scope = bert, Sessions = [Session("d", 2, scope: bert)] });
        var other = new Scope("other", "anna");
        await Apply(new StoreBatch { Scope = other, Sessions = [Session("a", 9, scope: other)] });

        (await Ids(new SessionQuery("acme", null, false, null, 10))).ShouldBe(["c", "d", "b", "a"]);
        (await Ids(new SessionQuery("acme", "anna", true, null, 10))).ShouldBe(["c", "a"]);
        (await Ids(new SessionQuery(null, null, false, null, 10))).ShouldBe(["a", "c", "d", "b", "a"]);
        Page<SessionRecord> page = await Store.ListSessionsAsync(new SessionQuery("acme", null, false, null, 3), Cancellation);
        (await Ids(new SessionQuery("acme", null, false, page.NextCursor, 3))).ShouldBe(["a"]);
        (await Store.GetSessionAsync("acme", "d", Cancellation))!.Scope.ShouldBe(bert);
        (await Store.GetSessionAsync("other", "d", Cancellation)).ShouldBeNull();

        async Task<IEnumerable<string>> Ids(SessionQuery query) => (await Store.ListSessionsAsync(query, Cancellation)).Items.Select(record => record.SessionId);
    }

    [Fact]
    public async Task RemovedSession_OfAFormerOwner_LeavesTheNextOwners()
    {
        var bert = new Scope("acme", "bert");
        await Apply(new StoreBatch { Scope = Anna, Sessions = [Session("a")] });
        await Apply(new StoreBatch { Scope = Anna, RemovedSessions = ["a"] });
        (await Store.GetSessionAsync("acme", "a", Cancellation)).ShouldBeNull();
        await Apply(new StoreBatch { Scope = bert, Sessions = [Session("a", scope: bert)] });
        await Apply(new StoreBatch { Scope = Anna, RemovedSessions = ["a"] });

        (await Store.GetSessionAsync("acme", "a", Cancellation))!.Scope.ShouldBe(bert);
    }

    [Fact]
    public async Task Scopes_WithAnything_AreListedByPages()
    {
        foreach (string user in new[] { "a", "b", "c" })
        {
            var scope = new Scope("acme", user);
            await Apply(new StoreBatch { Scope = scope, Sessions = [Session($"s-{user}", scope: scope)] });
        }

        var empty = new Scope("acme", "b");
        await Apply(new StoreBatch { Scope = empty, RemovedSessions = ["s-b"] });
        Page<Scope> first = await Store.ListScopesAsync(null, 1, Cancellation);
        Page<Scope> second = await Store.ListScopesAsync(first.NextCursor, 1, Cancellation);

        first.Items.Concat(second.Items).Select(scope => scope.User).ShouldBe(["a", "c"]);
        second.NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task Pipelines_ByStatusAndTenant_AreListedNewestFirst()
    {
        var other = new Scope("other", "anna");
        await Apply(new StoreBatch
        {
            Scope = Anna,
            Pipelines = [Pipeline("p1", PipelineStatus.Succeeded, 1), Pipeline("p2", PipelineStatus.Queued, 2), Pipeline("p3", PipelineStatus.Running, 3)],
        });
        await Apply(new StoreBatch { Scope = other, Pipelines = [Pipeline("p4", PipelineStatus.Running, 4, other)] });

        (await Ids(new PipelineQuery("acme", [], null, null, 10))).ShouldBe(["p3", "p2", "p1"]);
        (await Ids(new PipelineQuery(null, [PipelineStatus.Queued, PipelineStatus.Running], null, null, 10))).ShouldBe(["p4", "p3", "p2"]);
        (await Ids(new PipelineQuery("acme", [], Start.AddMinutes(3), null, 10))).ShouldBe(["p2", "p1"]);
        await Apply(new StoreBatch { Scope = other, Pipelines = [Pipeline("p5", PipelineStatus.Queued, 5, other) with { SessionId = "s2" }] });
        (await Ids(new PipelineQuery(null, [PipelineStatus.Queued], null, null, 10) { SessionId = "s1" })).ShouldBe(["p2"]);
        Page<PipelineRecord> page = await Store.ListPipelinesAsync(new PipelineQuery("acme", [], null, null, 1), Cancellation);
        (await Ids(new PipelineQuery("acme", [], null, page.NextCursor, 1))).ShouldBe(["p2"]);
        (await Store.GetPipelineAsync("other", "p1", Cancellation)).ShouldBeNull();
        (await Store.GetPipelineAsync(null, "p1", Cancellation))!.Status.ShouldBe(PipelineStatus.Succeeded);
        await Apply(new StoreBatch { Scope = Anna, RemovedPipelines = ["p1", "p4"] });
        (await Store.GetPipelineAsync(null, "p1", Cancellation)).ShouldBeNull();
        (await Store.GetPipelineAsync(null, "p4", Cancellation)).ShouldNotBeNull();

        async Task<IEnumerable<string>> Ids(PipelineQuery query) => (await Store.ListPipelinesAsync(query, Cancellation)).Items.Select(record => record.Id);
    }

    [Fact]
    public async Task Erasures_UntilComplete_AreListedOldestFirst()
    {
        ErasureRecord late = Erasure("session:s2", 2);
        ErasureRecord early = Erasure("session:s1", 1);
        await Apply(new StoreBatch { Scope = Anna, Erasures = [late, early] });
        (await Store.ListOpenErasuresAsync(10, Cancellation)).Select(erasure => erasure.Key).ShouldBe(["session:s1", "session:s2"]);

        await Apply(new StoreBatch { Scope = Anna, Erasures = [early with { CompletedAt = Start, Episodic = 4 }] });

        (await Store.ListOpenErasuresAsync(10, Cancellation)).Select(erasure => erasure.Key).ShouldBe(["session:s2"]);
        (await Store.GetErasureAsync("acme", "session:s1", Cancellation))!.Episodic.ShouldBe(4);
        (await Store.GetErasureAsync("other", "session:s1", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task CountedCitations_ForNinetyDays_AreFound()
    {
        string item = Turn(0, "").Id;
        var old = new Citation(item, "a1", CitationVerdict.Used, Start);
        var recent = new Citation(item, "a2", CitationVerdict.Used, Start.AddDays(91));
        await Apply(new StoreBatch { Scope = Anna, Citations = [new CountedCitation("a1", item, old.At)] });
        (await Store.FindCountedAsync(Anna, [old, recent], Cancellation)).Select(counted => counted.AnswerId).ShouldBe(["a1"]);

        await Apply(new StoreBatch { Scope = Anna, Citations = [new CountedCitation("a2", item, recent.At)] });

        (await Store.FindCountedAsync(Anna, [old, recent], Cancellation)).Select(counted => counted.AnswerId).ShouldBe(["a2"]);
        (await Store.FindCountedAsync(new Scope("acme", "bert"), [recent], Cancellation)).ShouldBeEmpty();
    }

    private static Turn Said(string id, string content, bool clientId, DateTimeOffset at) =>
        new() { Id = id, Role = TurnRole.User, Speaker = "Anna", Content = content, At = at, HasClientId = clientId };

    private static ErasureRecord Erasure(string key, int requested) =>
        new() { Key = key, Scope = Anna, ReceiptId = key, RequestedAt = Start.AddMinutes(requested) };

    private protected Task Apply(StoreBatch batch) => Store.ApplyAsync(batch, Cancellation);
}
