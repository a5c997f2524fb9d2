using System.Globalization;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Writing;
using MemoryDapr.Types;
using NSubstitute;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores.Writing;

public sealed class RecentlyDerivedTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Since_ARevision_IsWhatCameAfterIt()
    {
        var recent = new RecentlyDerived("one");
        recent.Note(["a"]);
        DerivedRevision revision = recent.Revision;
        recent.Note(["b", "c"]);
        recent.Note(["b"]);

        recent.Since(revision).ShouldBe(["b", "c"]);
        recent.Since(recent.Revision).ShouldBe([]);
    }

    [Fact]
    public void Since_AnotherLifeOrNone_IsUnknown()
    {
        var recent = new RecentlyDerived("one");

        recent.Since(null).ShouldBeNull();
        recent.Since(new RecentlyDerived("two").Revision).ShouldBeNull();
        recent.Since(recent.Revision with { Number = 1 }).ShouldBeNull();
    }

    [Fact]
    public void Since_TooManyHaveComeOrSomethingElseHasChanged_IsUnknown()
    {
        var recent = new RecentlyDerived("one");
        DerivedRevision first = recent.Revision;
        recent.Note(Enumerable.Range(0, 1_000).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        recent.Since(first).ShouldBeNull();

        DerivedRevision second = recent.Revision;
        recent.Forget();
        recent.Since(second).ShouldBeNull();
        recent.Since(recent.Revision).ShouldBe([]);
    }

    [Fact]
    public async Task Derived_BesideWhatCameSinceTheDecision_IsAConflictWithoutASearch()
    {
        await using var files = new TemporaryStore();
        await files.Store.ApplyAsync(Memories.Batch(Memories.Turn(0, "the cat sleeps")), Cancellation);
        IMemoryStore store = Substitute.For<IMemoryStore>();
        store.GetItemsAsync(default!, default!, default)
            .ReturnsForAnyArgs(call => files.Store.GetItemsAsync(call.Arg<string>(), call.Arg<IReadOnlyList<string>>(), CancellationToken.None));
        var similar = new SimilarItems(store, new MemoryDapr.Models.HashedSimilarity(), TimeProvider.System);
        MemoryItem there = Memories.Derived(MemoryKind.Episode, 0, "the cat sleeps on the sofa", new TurnSource("s1", "t0"));
        MemoryItem other = Memories.Derived(MemoryKind.Episode, 1, "Ann sails to Lisbon", new TurnSource("s1", "t0"));
        await files.Store.ApplyAsync(Memories.Batch(there, other), Cancellation);
        MemoryItem same = there with { Id = ItemId.ForEpisode(Memories.Anna, "p2", 0) };

        (await similar.FindAsync(same, new HashSet<string>(), [there.Id, other.Id], Cancellation)).ShouldHaveSingleItem().Id.ShouldBe(there.Id);
        (await similar.FindAsync(same, new HashSet<string> { there.Id }, [there.Id, other.Id], Cancellation)).ShouldBeEmpty();
        (await similar.FindAsync(same, new HashSet<string>(), [], Cancellation)).ShouldBeEmpty();

        await store.DidNotReceiveWithAnyArgs().SearchAsync(default!, default);
    }
}
