using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

/// <summary>What every memory store does where databases have sharp edges.</summary>
public abstract class StoreEdgesConformance : IAsyncLifetime
{
    internal IMemoryStore Store { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    private protected abstract Task<IMemoryStore> OpenAsync();

    [Fact]
    public async Task Vectors_OfTurnsWhoseNeighboursChange_StayWhereTheyAre()
    {
        await Apply(Batch(Turn(0, "alpha"), Turn(1, "beta"), Turn(2, "gamma")) with
        {
            Vectors = [new ItemVector(Turn(0, "").Id, [1, 0]), new ItemVector(Turn(1, "").Id, [0, 1]), new ItemVector(Turn(2, "").Id, [-1, 0])],
        });

        // A new turn stands in the contexts of the two before it; an erased one leaves those of its neighbours.
        await Apply(Batch(Turn(3, "delta")));
        await Apply(new StoreBatch { Scope = Anna, RemovedItems = [Turn(0, "").Id] });

        (await Store.ListItemsAsync(new ItemQuery { Scope = Anna, OnlyWithoutVector = true }, Cancellation)).Items.Select(item => item.TurnId).ShouldBe(["t3"]);
        SearchResult result = await Search(Plan("nothing else") with { Vector = [-1, 0.1f], Explain = true });
        result.Items[0].Item.TurnId.ShouldBe("t2");
        result.Items[0].Parts.ShouldContain(part => part.Name == "vector" && part.Value > 0);
    }

    [Fact]
    public async Task Salience_OfAnItemWithAllThereIs_ChangesNothingElse()
    {
        MemoryItem fact = Derived(MemoryKind.Fact, 0, "Anna adopted a kitten.", new TurnSource("s1", "t1")) with
        {
            Metadata = new Dictionary<string, MetadataValue> { ["Topic"] = new("Pets ", null, null), ["age"] = new(null, 2, null) },
            ValidTo = Start.AddYears(200),
        };
        await Apply(Batch(fact) with
        {
            Vectors = [new ItemVector(fact.Id, [0.6f, 0.8f])],
            History = [new HistoryEntry(fact.Id, Start, "promoted", "said so", null, [], [], 0.9)],
        });

        await Apply(new StoreBatch { Scope = Anna, Saliences = [new SalienceChange(fact.Id, new SalienceLevel(0.7, Start))] });

        MemoryItem found = (await Store.GetItemsAsync("acme", [fact.Id], Cancellation)).ShouldHaveSingleItem();
        found.Salience.Value.ShouldBe(0.7);
        found.Text.ShouldBe(fact.Text);
        (await Store.GetHistoryAsync("acme", fact.Id, Cancellation)).ShouldHaveSingleItem();
        (await Store.FindCitingAsync(Anna, [new TurnSource("s1", "t1")], Cancellation)).ShouldHaveSingleItem();
        (await Store.ListItemsAsync(new ItemQuery { Scope = Anna, OnlyWithoutVector = true }, Cancellation)).Items.ShouldBeEmpty();
        SearchPlan plan = Plan("kitten") with { Filter = new SearchFilter { Metadata = fact.Metadata, AsOf = Start.AddYears(1) } };
        (await Search(plan)).Items.ShouldHaveSingleItem();
        SearchPlan other = plan with { Filter = new SearchFilter { Metadata = new Dictionary<string, MetadataValue> { ["Topic"] = new("pets ", null, null) } } };
        (await Search(other)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reads_OfAScopeThatNothingWasWrittenTo_FindNothing()
    {
        (await Search(Plan("kitten") with { Vector = [1, 0] })).Items.ShouldBeEmpty();
        (await Store.ListItemsAsync(new ItemQuery { Scope = Anna }, Cancellation)).Items.ShouldBeEmpty();
        (await Store.ListTurnsAsync(Anna, "s1", 0, 10, Cancellation)).ShouldBeEmpty();
        (await Store.FindCitingAsync(Anna, [new TurnSource("s1", "t1")], Cancellation)).ShouldBeEmpty();
        (await Store.GetItemsAsync("acme", [Turn(0, "").Id, "no-id"], Cancellation)).ShouldBeEmpty();
        (await Store.GetHistoryAsync("acme", Turn(0, "").Id, Cancellation)).ShouldBeEmpty();
        (await Store.ListScopesAsync(null, 10, Cancellation)).Items.ShouldBeEmpty();

        await Apply(new StoreBatch { Scope = Anna, RemovedItems = [Turn(0, "").Id], RemovedSessions = ["s1"] });

        (await Store.ListScopesAsync(null, 10, Cancellation)).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("what of the")]
    [InlineData("?!")]
    public async Task Search_WithoutAnyWord_RanksByBonusesAlone(string query)
    {
        await Apply(Batch(Turn(0, "alpha"), Turn(1, "beta")));

        (await Search(Plan(query))).Items.Select(item => item.Item.TurnId).ShouldBe(["t1", "t0"], ignoreOrder: true);
    }

    [Fact]
    public async Task Search_ByMomentsToTheTick_TakesSinceAndLeavesUntil()
    {
        await Apply(Batch([.. Enumerable.Range(0, 3).Select(i => Turn(i, "kitten") with { At = Start.AddTicks(i) })]));

        SearchFilter filter = new() { Since = Start.AddTicks(1), Until = Start.AddTicks(2) };

        (await Search(Plan("kitten") with { Filter = filter })).Items.Select(item => item.Item.TurnId).ShouldBe(["t1"]);
    }

    [Fact]
    public async Task Replacement_OfALongItemByAShortOne_LeavesNoneOfItsWords()
    {
        string words = string.Join(". ", Enumerable.Range(0, 400).Select(i => $"Something about number{i} was said here"));
        MemoryItem document = Derived(MemoryKind.Fact, 0, $"{words}. Strawberry fields.");
        await Apply(Batch(document));
        (await Search(Plan("strawberry") with { Explain = true })).Items[0].Parts.ShouldContain(part => part.Name == "text");

        await Apply(Batch(document with { Text = "Short now.", Version = 2 }));

        SearchResult result = await Search(Plan("strawberry") with { Explain = true });
        result.Items.ShouldHaveSingleItem().Parts.ShouldNotContain(part => part.Name == "text");
    }

    [Fact]
    public async Task Ids_ThatDifferInCase_AreDifferent()
    {
        await Apply(Batch(Turn(0, "small", sessionId: "s"), Turn(0, "capital", sessionId: "S")) with { Sessions = [Session("s"), Session("S"), Session("T")] });

        (await Store.ListTurnsAsync(Anna, "S", 0, 10, Cancellation)).ShouldHaveSingleItem().Text.ShouldBe("capital");
        (await Search(Plan("capital small") with { Filter = new SearchFilter { SessionIds = ["s"] } })).Items.ShouldHaveSingleItem().Item.Text.ShouldBe("small");
        Page<SessionRecord> first = await Store.ListSessionsAsync(new SessionQuery("acme", null, false, null, 2), Cancellation);
        Page<SessionRecord> second = await Store.ListSessionsAsync(new SessionQuery("acme", null, false, first.NextCursor, 2), Cancellation);
        first.Items.Concat(second.Items).Select(session => session.SessionId).ShouldBe(["s", "T", "S"]);
    }

    [Fact]
    public async Task ListItems_OfMoreThanAPageHolds_GivesEachOnce()
    {
        foreach (int[] some in Enumerable.Range(0, 1_050).Chunk(150))
        {
            await Apply(Batch([.. some.Select(i => Turn(i, $"turn {i}") with { CreatedAt = Start })]));
        }

        Page<MemoryItem> first = await Store.ListItemsAsync(new ItemQuery { Scope = Anna, Limit = 1_000 }, Cancellation);
        Page<MemoryItem> second = await Store.ListItemsAsync(new ItemQuery { Scope = Anna, Limit = 1_000, Cursor = first.NextCursor }, Cancellation);

        first.Items.Count.ShouldBe(1_000);
        first.Items.Concat(second.Items).Select(item => item.Ordinal).Order().ShouldBe(Enumerable.Range(0, 1_050).Select(i => (long)i));
        (await Store.ListTurnsAsync(Anna, "s1", 1_000, 1_000, Cancellation)).Select(turn => turn.Ordinal).ShouldBe(Enumerable.Range(1_000, 50).Select(i => (long)i));
    }

    [Fact]
    public async Task Tidy_OfEveryScope_LeavesThemUsable()
    {
        await Apply(Batch(Turn(0, "I adopted a kitten.")) with { Sessions = [Session("s1")] });

        await Store.TidyAsync(TimeSpan.Zero, Cancellation);
        (await Search(Plan("kitten", 1))).Items[0].Item.TurnId.ShouldBe("t0");
        await Store.TidyAsync(TimeSpan.Zero, Cancellation);
        await Apply(Batch(Turn(1, "And a dog.")));
        await Store.TidyAsync(TimeSpan.Zero, Cancellation);
        await Apply(new StoreBatch { Scope = Anna, RemovedItems = [Turn(0, "").Id] });

        (await Store.ListItemsAsync(new ItemQuery { Scope = Anna }, Cancellation)).Items.ShouldHaveSingleItem().TurnId.ShouldBe("t1");
    }

    private Task Apply(StoreBatch batch) => Store.ApplyAsync(batch, Cancellation);

    private Task<SearchResult> Search(SearchPlan plan) => Store.SearchAsync(plan, Cancellation);
}
