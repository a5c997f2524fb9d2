using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

/// <summary>What is distilled of a large scope has an index of its own, for those who look for neighbours.</summary>
public sealed class DistilledIndexTests
{
    private const int Turns = 5_000;
    private const int Batched = 500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_AmongDistilledOfALargeScope_FollowsWhatIsWritten()
    {
        await using var temporary = new TemporaryStore();
        await FillAsync(temporary);
        MemoryItem sailing = Derived(MemoryKind.Episode, 0, "Anna sails to Lisbon", new TurnSource("s1", "t1"));
        MemoryItem cooking = Derived(MemoryKind.Episode, 1, "Anna cooks soup", new TurnSource("s1", "t2"));
        await temporary.Store.ApplyAsync(Batch(sailing, cooking), Cancellation);
        (await FindAsync(temporary, "sails to Lisbon")).ShouldBe([sailing.Id, cooking.Id]);

        MemoryItem later = Derived(MemoryKind.Episode, 2, "Anna sails home", new TurnSource("s1", "t3"));
        await temporary.Store.ApplyAsync(Batch(later, Turn(Turns, "sails sails sails")), Cancellation);
        (await FindAsync(temporary, "sails home")).ShouldBe([later.Id, sailing.Id, cooking.Id]);

        await temporary.Store.ApplyAsync(new StoreBatch { Scope = Anna, RemovedItems = [later.Id] }, Cancellation);
        (await FindAsync(temporary, "sails home")).ShouldBe([sailing.Id, cooking.Id]);

        await temporary.ReopenAsync();
        (await FindAsync(temporary, "sails to Lisbon")).ShouldBe([sailing.Id, cooking.Id]);
    }

    [Fact]
    public async Task Search_NotAmongDistilled_FindsTurnsAsBefore()
    {
        await using var temporary = new TemporaryStore();
        await FillAsync(temporary);
        MemoryItem episode = Derived(MemoryKind.Episode, 0, "Anna sails to Lisbon", new TurnSource("s1", "t1"));
        MemoryItem turn = Turn(Turns, "Anna sails to Lisbon", sessionId: "s2");
        await temporary.Store.ApplyAsync(Batch(episode, turn), Cancellation);
        await FindAsync(temporary, "sails to Lisbon");

        SearchResult found = await temporary.Store.SearchAsync(Plan("sails to Lisbon", 10), Cancellation);

        string[] ids = [.. found.Items.Select(item => item.Item.Id)];
        ids.ShouldContain(turn.Id);
        ids.ShouldContain(episode.Id);
    }

    private static async Task FillAsync(TemporaryStore temporary)
    {
        for (int first = 0; first < Turns; first += Batched)
        {
            await temporary.Store.ApplyAsync(
                Batch([.. Enumerable.Range(first, Batched).Select(number => Turn(number, $"kitten story {number % 97} of {number % 89}"))]), Cancellation);
        }
    }

    private static async Task<IEnumerable<string>> FindAsync(TemporaryStore temporary, string words)
    {
        SearchPlan plan = Plan(words, 20) with { AmongDistilled = true, Filter = new SearchFilter { Kinds = [MemoryKind.Episode] } };
        return (await temporary.Store.SearchAsync(plan, Cancellation)).Items.Select(item => item.Item.Id);
    }
}
