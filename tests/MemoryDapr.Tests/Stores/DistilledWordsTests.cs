using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

public sealed class DistilledWordsTests : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(MemoryKind.Fact)]
    [InlineData(MemoryKind.Episode)]
    public async Task Search_ByAWordOfWhatCitesATurn_FindsTheTurn(MemoryKind kind)
    {
        await FillAsync();
        await ApplyAsync(Derived(kind, 0, "Anna visited Lisbon", new TurnSource("s1", "t7")));

        (await TurnsAsync("Lisbon", 1)).ShouldBe(["t7"]);
    }

    [Fact]
    public async Task Search_ByAWordOfAnEpisodesFact_FindsTheEpisodeAndItsTurn()
    {
        await FillAsync();
        await ApplyAsync(Derived(MemoryKind.Episode, 0, "A journey", new TurnSource("s1", "t7")) with
        {
            Facts = [new EpisodeFact("Anna visited Lisbon", [new TurnSource("s1", "t7")])],
        });

        (await TurnsAsync("Lisbon", 1)).ShouldBe(["t7"]);
        SearchPlan plan = Plan("Lisbon") with { Filter = new SearchFilter { Kinds = [MemoryKind.Episode] } };
        (await _store.Store.SearchAsync(plan with { Explain = true }, CancellationToken.None)).Items[0].Parts.ShouldContain(part => part.Name == "text");
    }

    [Fact]
    public async Task Search_AfterTheFactWasRemovedOrReplaced_FindsTheTurnByItNoLonger()
    {
        await FillAsync();
        MemoryItem fact = Derived(MemoryKind.Fact, 0, "Anna visited Lisbon", new TurnSource("s1", "t7"));
        await ApplyAsync(fact);
        double[] cited = await ScoresAsync("Lisbon");

        await ApplyAsync(fact with { Text = "Anna visited Porto", Version = 2 });
        double[] replaced = await ScoresAsync("Lisbon");
        double[] corrected = await ScoresAsync("Porto");
        await _store.Store.ApplyAsync(new StoreBatch { Scope = Anna, RemovedItems = [fact.Id] }, CancellationToken.None);
        double[] removed = await ScoresAsync("Porto");

        cited[0].ShouldBeGreaterThan(0);
        corrected[0].ShouldBeGreaterThan(0);
        replaced[0].ShouldBeLessThan(0);
        removed[0].ShouldBeLessThan(0);
    }

    [Fact]
    public async Task Search_AfterTheCitedTurnWasReplacedAndTheStoreReopened_StillFindsIt()
    {
        await FillAsync();
        await ApplyAsync(Derived(MemoryKind.Fact, 0, "Anna visited Lisbon", new TurnSource("s1", "t7")));

        await ApplyAsync(Turn(7, "We were there") with { Pinned = true, Version = 2 });
        string[] replaced = await TurnsAsync("Lisbon", 1);
        await _store.ReopenAsync();

        replaced.ShouldBe(["t7"]);
        (await TurnsAsync("Lisbon", 1)).ShouldBe(["t7"]);
    }

    [Fact]
    public async Task Search_WhereTheFactRetellsTheTurn_ScoresTheTurnAsBefore()
    {
        await FillAsync();
        double[] before = await ScoresAsync("puppy");

        await ApplyAsync(Derived(MemoryKind.Fact, 0, "Anna adopted a puppy", new TurnSource("s1", "t3")));

        (await ScoresAsync("puppy")).ShouldBe(before, 1e-6);
    }

    [Fact]
    public async Task Search_AWordThatSummariesSpread_PrefersTheTurnOfTheNarrowerOne()
    {
        await FillAsync();
        TurnSource[] all = [.. Enumerable.Range(0, 8).Select(ordinal => new TurnSource("s1", $"t{ordinal}"))];

        await ApplyAsync(
            Derived(MemoryKind.Episode, 0, "Anna told of Lisbon", all),
            Derived(MemoryKind.Fact, 1, "Anna visited Lisbon", new TurnSource("s1", "t7")));

        (await TurnsAsync("Lisbon", 1)).ShouldBe(["t7"]);
    }

    private Task FillAsync() => ApplyAsync(
        Turn(0, "Good morning"),
        Turn(1, "The weather is fine"),
        Turn(2, "It rained all week"),
        Turn(3, "We adopted a puppy"),
        Turn(4, "It chewed my shoes"),
        Turn(5, "Dinner was late"),
        Turn(6, "The train stopped twice"),
        Turn(7, "We were there"));

    private Task ApplyAsync(params IReadOnlyList<MemoryItem> items) => _store.Store.ApplyAsync(Batch(items), CancellationToken.None);

    private async Task<string[]> TurnsAsync(string query, int count) =>
        [.. (await SearchAsync(query)).Items.Take(count).Select(item => item.Item.TurnId!)];

    private async Task<double[]> ScoresAsync(string query) => [.. (await SearchAsync(query)).Items.Select(item => item.Score)];

    private Task<SearchResult> SearchAsync(string query) => _store.Store.SearchAsync(
        Plan(query) with { Filter = new SearchFilter { Kinds = [MemoryKind.Turn] } }, CancellationToken.None);
}
