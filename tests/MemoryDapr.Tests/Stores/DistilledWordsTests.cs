using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

/// <summary>What the file's index does with distilled words beyond what every store does, see <see cref="StoreDistilledConformance"/>.</summary>
public sealed class DistilledWordsTests : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Search_AfterTheCitedTurnWasReplacedAndTheStoreReopened_StillFindsIt()
    {
        await FillAsync();
        await ApplyAsync(Derived(MemoryKind.Fact, 0, "Anna visited Lisbon", new TurnSource("s1", "t2")));

        await ApplyAsync(Turn(2, "We were there") with { Pinned = true, Version = 2 });
        await _store.ReopenAsync();

        (await SearchAsync("Lisbon")).Items[0].Item.TurnId.ShouldBe("t2");
    }

    [Fact]
    public async Task Search_WhereTheFactRetellsTheTurn_ScoresTheTurnAsBefore()
    {
        await FillAsync();
        double[] before = await ScoresAsync("puppy");

        await ApplyAsync(Derived(MemoryKind.Fact, 0, "Anna adopted a puppy", new TurnSource("s1", "t1")));

        (await ScoresAsync("puppy")).ShouldBe(before, 1e-6);
    }

    private Task FillAsync() => ApplyAsync(Turn(0, "Good morning"), Turn(1, "We adopted a puppy"), Turn(2, "We were there"));

    private Task ApplyAsync(params IReadOnlyList<MemoryItem> items) => _store.Store.ApplyAsync(Batch(items), CancellationToken.None);

    private async Task<double[]> ScoresAsync(string query) => [.. (await SearchAsync(query)).Items.Select(item => item.Score)];

    private Task<SearchResult> SearchAsync(string query) => _store.Store.SearchAsync(
        Plan(query) with { Filter = new SearchFilter { Kinds = [MemoryKind.Turn] } }, CancellationToken.None);
}
