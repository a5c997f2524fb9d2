using MemoryDapr.Stores.Merging;
using MemoryDapr.Tests.Distill;
using MemoryDapr.Types;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores.Merging;

public sealed class ConsolidationTests
{
    private static readonly DateTimeOffset Told = new(2026, 5, 8, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Store_ContradictingFact_EndsTheOlderAndOnceOnly()
    {
        await using WorkerHost host = await StartAsync();
        var consolidation = host.Get<Consolidation>();
        MemoryItem porto = Fact(1, "Ann lives in Porto.", Told);
        MemoryItem lisbon = Fact(2, "Ann lives in Lisbon.", Told.AddDays(30));
        await consolidation.StoreAsync(WorkerHost.Ann, "promote-1", [porto], [], distilled: null, CancellationToken.None);

        Consolidated first = await consolidation.StoreAsync(WorkerHost.Ann, "promote-2", [lisbon], [], distilled: null, CancellationToken.None);
        IReadOnlyList<MemoryItem> stored = await FactsAsync(host);
        Consolidated second = await consolidation.StoreAsync(WorkerHost.Ann, "promote-2", [lisbon], [], distilled: null, CancellationToken.None);

        stored.Single(fact => fact.Id == porto.Id).ValidTo.ShouldBe(lisbon.At);
        stored.Single(fact => fact.Id == lisbon.Id).ValidTo.ShouldBeNull();
        second.Created.ShouldBe(first.Created);
        (await FactsAsync(host)).ShouldBeEquivalentTo(stored);
        IReadOnlyList<HistoryEntry> history = await host.Store.GetHistoryAsync("default", porto.Id, CancellationToken.None);
        history.Select(step => step.Action).ShouldBe(["created", "corrected"], ignoreOrder: true);
    }

    [Fact]
    public async Task Store_FactFromBeforeWhatIsKnown_EndsWhereTheKnownBegins()
    {
        await using WorkerHost host = await StartAsync();
        var consolidation = host.Get<Consolidation>();
        MemoryItem lisbon = Fact(2, "Ann lives in Lisbon.", Told.AddDays(30));
        await consolidation.StoreAsync(WorkerHost.Ann, "promote-1", [lisbon], [], distilled: null, CancellationToken.None);

        await consolidation.StoreAsync(WorkerHost.Ann, "promote-2", [Fact(1, "Ann lives in Porto.", Told)], [], distilled: null, CancellationToken.None);

        IReadOnlyList<MemoryItem> stored = await FactsAsync(host);
        stored.Single(fact => fact.Text.Contains("Porto", StringComparison.Ordinal)).ValidTo.ShouldBe(lisbon.At);
        stored.Single(fact => fact.Id == lisbon.Id).ShouldSatisfyAllConditions(fact => fact.ValidTo.ShouldBeNull(), fact => fact.Version.ShouldBe(1));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(int.MaxValue, false)]
    public async Task Store_OthersChangeTheSameItem_DecidesThreeTimesThenGivesUp(int disturbances, bool succeeds)
    {
        await using WorkerHost host = await StartAsync();
        MemoryItem known = Fact(1, "Ann repairs old clocks.", Told);
        await host.Get<Consolidation>().StoreAsync(WorkerHost.Ann, "promote-1", [known], [], distilled: null, CancellationToken.None);
        var judge = new DisturbedJudge(host, known.Id, disturbances);
        Consolidation consolidation = ActivatorUtilities.CreateInstance<Consolidation>(host.Get<IServiceProvider>(), judge);

        Task<Consolidated> storing = consolidation.StoreAsync(
            WorkerHost.Ann, "promote-2", [Fact(2, "Ann repairs old clocks.", Told.AddDays(1))], [], distilled: null, CancellationToken.None);

        if (succeeds)
        {
            (await storing).Merged.ShouldBe([known.Id]);
        }
        else
        {
            await Should.ThrowAsync<ConflictsRemainException>(storing);
        }

        judge.Decisions.ShouldBe(3);
        MemoryItem stored = (await FactsAsync(host)).ShouldHaveSingleItem();
        stored.Pinned.ShouldBe(Math.Min(disturbances, 3) % 2 == 1);
        stored.Sources.Count.ShouldBe(succeeds ? 2 : 1);
    }

    private static async Task<WorkerHost> StartAsync()
    {
        WorkerHost host = await WorkerHost.StartAsync();
        await host.DistillAsync("one", (null, "Good morning!"), (null, "Hey!"), (null, "Bye!"));
        return host;
    }

    private static Task<IReadOnlyList<MemoryItem>> FactsAsync(WorkerHost host) => host.ListAsync(MemoryKind.Fact);

    private static MemoryItem Fact(int number, string text, DateTimeOffset at) => new()
    {
        Id = ItemId.ForFact(WorkerHost.Ann, $"episode-{number}", 0),
        Scope = WorkerHost.Ann,
        Kind = MemoryKind.Fact,
        Text = text,
        At = at,
        ValidFrom = at,
        Sources = [new TurnSource("one", $"one-{number}")],
        Salience = SalienceLevel.New(at),
        CreatedAt = at,
        UpdatedAt = at,
    };
}
