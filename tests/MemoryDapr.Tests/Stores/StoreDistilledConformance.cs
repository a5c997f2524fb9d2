using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

/// <summary>What every memory store does with words that facts and episodes have and the turns that they cite have not.</summary>
public abstract class StoreDistilledConformance : IAsyncLifetime
{
    internal IMemoryStore Store { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    private protected abstract Task<IMemoryStore> OpenAsync();

    [Theory]
    [InlineData(MemoryKind.Fact)]
    [InlineData(MemoryKind.Episode)]
    public async Task Search_ByAWordOfWhatCitesATurn_FindsThatTurnAlone(MemoryKind kind)
    {
        await FillAsync();
        await ApplyAsync(Derived(kind, 0, "Anna visited Lisbon", Said(5)));

        (await FoundAsync("Lisbon")).ShouldBe(["t5"], "its neighbours are lent nothing");
    }

    [Fact]
    public async Task Search_OfWhatCameInOneBatch_FindsTheTurn()
    {
        await ApplyAsync([.. Small(), Derived(MemoryKind.Fact, 0, "Anna visited Lisbon", Said(5))]);

        (await FoundAsync("Lisbon")).ShouldBe(["t5"]);
    }

    [Fact]
    public async Task Search_ByAWordOfAnEpisodesFact_FindsTheEpisodeAndItsTurn()
    {
        await FillAsync();
        await ApplyAsync(Derived(MemoryKind.Episode, 0, "A journey", Said(5)) with { Facts = [new EpisodeFact("Anna visited Lisbon", [Said(5)])] });

        (await FoundAsync("Lisbon")).ShouldBe(["t5"]);
        (await FoundAsync("Lisbon", MemoryKind.Episode)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Search_ByTheEndOfALongEpisode_FindsItsTurn()
    {
        await FillAsync();
        string text = string.Join(". ", Enumerable.Range(0, 60).Select(i => $"Something about number{i} was said"));
        await ApplyAsync(Derived(MemoryKind.Episode, 0, $"{text}. Anna visited Lisbon", Said(5)));

        (await FoundAsync("Lisbon")).ShouldBe(["t5"]);
    }

    [Fact]
    public async Task Search_AfterTheFactWasReplacedOrRemoved_FindsTheTurnByItNoLonger()
    {
        await FillAsync();
        MemoryItem fact = Derived(MemoryKind.Fact, 0, "Anna visited Lisbon", Said(5));
        await ApplyAsync(fact);

        await ApplyAsync(fact with { Text = "Anna visited Porto", Version = 2 });
        string[] replaced = [.. await FoundAsync("Lisbon"), .. await FoundAsync("Porto")];
        await RemoveAsync(fact.Id);

        replaced.ShouldBe(["t5"]);
        (await FoundAsync("Porto")).ShouldBeEmpty();
        (await FoundAsync("train")).ShouldContain("t6", "what the turns themselves say is as it was");
    }

    [Fact]
    public async Task Search_AfterOneOfTwoFactsWasRemoved_FindsTheTurnByTheOther()
    {
        await FillAsync();
        MemoryItem first = Derived(MemoryKind.Fact, 0, "Anna visited Lisbon", Said(5));
        await ApplyAsync(first, Derived(MemoryKind.Fact, 1, "Anna visited Porto", Said(5), Said(4)));

        await RemoveAsync(first.Id);

        (await FoundAsync("Lisbon")).ShouldBeEmpty();
        (await FoundAsync("Porto")).ShouldBe(["t4", "t5"]);
        (await FoundAsync("visited")).ShouldBe(["t4", "t5"]);
    }

    [Fact]
    public async Task Search_AfterAFactGainedAndLostSources_FindsTheTurnsThatItCites()
    {
        await FillAsync();
        MemoryItem fact = Derived(MemoryKind.Fact, 0, "Anna visited Lisbon", Said(5));
        await ApplyAsync(fact);

        await ApplyAsync(fact with { Sources = [Said(5), Said(1), new TurnSource("s2", "t0")], Version = 2 });
        string[] merged = await FoundAsync("Lisbon");
        await ApplyAsync(fact with { Sources = [Said(1)], Version = 3 });

        merged.ShouldBe(["s2", "t1", "t5"]);
        (await FoundAsync("Lisbon")).ShouldBe(["t1"]);
    }

    [Fact]
    public async Task Search_AfterTheTurnsAroundItChanged_FindsTheTurnStill()
    {
        await FillAsync();
        await ApplyAsync(Derived(MemoryKind.Fact, 0, "Anna visited Lisbon", Said(7)));

        await ApplyAsync(Turn(8, "Nobody else was"));
        await RemoveAsync(Turn(6, "").Id);
        string[] around = await FoundAsync("Lisbon");
        await ApplyAsync(Turn(7, "We were there") with { Pinned = true, Version = 2 });

        around.ShouldBe(["t7"]);
        (await FoundAsync("Lisbon")).ShouldBe(["t7"]);
    }

    [Fact]
    public async Task Search_AfterTheTurnWasErased_FindsTheFactAndNoTurn()
    {
        await FillAsync();
        MemoryItem fact = Derived(MemoryKind.Fact, 0, "Anna visited Lisbon", Said(5), Said(2));
        await ApplyAsync(fact);

        await RemoveAsync(Turn(5, "").Id);

        (await FoundAsync("Lisbon")).ShouldBe(["t2"]);
        (await FoundAsync("Lisbon", MemoryKind.Fact)).ShouldHaveSingleItem();
        await RemoveAsync(fact.Id);
        (await FoundAsync("Lisbon")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_AfterTheFactWasCited_FindsTheTurnStill()
    {
        await FillAsync();
        MemoryItem fact = Derived(MemoryKind.Fact, 0, "Anna visited Lisbon", Said(5));
        await ApplyAsync(fact);

        await Store.ApplyAsync(
            new StoreBatch
            {
                Scope = Anna,
                Saliences = [new SalienceChange(fact.Id, new SalienceLevel(0.9, Start)), new SalienceChange(Turn(5, "").Id, new SalienceLevel(0.9, Start))],
            },
            Cancellation);

        (await FoundAsync("Lisbon")).ShouldBe(["t5"]);
    }

    [Fact]
    public async Task Search_WhereAFactRetellsATurn_ScoresItAsOneThatNobodyRetold()
    {
        await ApplyAsync(Turn(0, "We adopted a puppy"), Turn(0, "We adopted a puppy", sessionId: "s2"), Turn(0, "Dinner was late", sessionId: "s3"));

        await ApplyAsync(Derived(MemoryKind.Fact, 0, "Anna adopted a puppy", Said(0)));

        double[] texts = [.. (await SearchAsync("puppy")).Items.Take(2).Select(Text)];
        texts[0].ShouldBeGreaterThan(0);
        texts[1].ShouldBe(texts[0], 1e-6);
    }

    [Fact]
    public async Task Search_AWordThatIsSaidLentAndSpread_RanksThemSo()
    {
        await FillAsync();
        TurnSource[] all = [.. Enumerable.Range(0, 8).Select(Said)];

        await ApplyAsync(
            Turn(0, "Lisbon, Lisbon, Lisbon", sessionId: "s9"),
            Derived(MemoryKind.Episode, 0, "Anna told of Lisbon", all),
            Derived(MemoryKind.Fact, 1, "Anna visited Lisbon", Said(5)));

        IReadOnlyList<ScoredItem> ranked = (await SearchAsync("Lisbon")).Items;
        ranked[0].Item.SessionId.ShouldBe("s9");
        ranked[1].Item.TurnId.ShouldBe("t5");
        ranked.Count(item => Text(item) > 0).ShouldBe(9);
    }

    private static TurnSource Said(int ordinal) => new("s1", $"t{ordinal}");

    private static MemoryItem[] Small() =>
    [
        Turn(0, "Good morning"),
        Turn(1, "The weather is fine"),
        Turn(2, "It rained all week"),
        Turn(3, "We adopted a puppy"),
        Turn(4, "It chewed my shoes"),
        Turn(5, "We were there"),
        Turn(6, "The train stopped twice"),
        Turn(7, "Dinner was late"),
        Turn(0, "Where was it", sessionId: "s2"),
    ];

    private static double Text(ScoredItem item) => item.Parts.Where(part => part.Name == "text").Sum(part => part.Value);

    private Task FillAsync() => ApplyAsync(Small());

    private Task ApplyAsync(params IReadOnlyList<MemoryItem> items) => Store.ApplyAsync(Batch(items), Cancellation);

    private Task RemoveAsync(string id) => Store.ApplyAsync(new StoreBatch { Scope = Anna, RemovedItems = [id] }, Cancellation);

    // The turns whose words match, by id; those of other sessions by their session.
    private async Task<string[]> FoundAsync(string query, MemoryKind kind = MemoryKind.Turn) =>
    [
        .. (await SearchAsync(query, kind)).Items
            .Where(item => Text(item) > 0)
            .Select(item => item.Item.SessionId is "s1" or null ? item.Item.TurnId ?? item.Item.Id : item.Item.SessionId)
            .Order(StringComparer.Ordinal),
    ];

    private Task<SearchResult> SearchAsync(string query, MemoryKind kind = MemoryKind.Turn) => Store.SearchAsync(
        Plan(query, 20) with { Filter = new SearchFilter { Kinds = [kind] }, Explain = true }, Cancellation);
}
