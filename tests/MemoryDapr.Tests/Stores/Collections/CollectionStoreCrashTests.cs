using MemoryDapr.Store.Collections;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores.Collections;

/// <summary>The process dies before each write of a batch in turn. What is found afterwards is the batch, whole.</summary>
public sealed class CollectionStoreCrashTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Batches => ["appended", "erased", "cited", "merged", "moved", "forgotten", "embedded"];

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task Apply_ThatDiedAtAnyWrite_IsWholeWhenRepeated(string name)
    {
        IReadOnlyList<string> expected = await RunAsync(name, dieBefore: 0, repeat: true);
        int deaths = 0;
        for (int write = 1; await DiesAsync(name, write) is { } collections; write++)
        {
            await using CollectionStore restarted = Open(collections);
            await restarted.ApplyAsync(Named(name), Cancellation);

            collections.Dump().ShouldBe(expected, $"it died before write {write}");
            deaths++;
        }

        deaths.ShouldBeGreaterThan(2);
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task Read_AfterADeathAtAnyWrite_FindsAllOfTheBatchOrNothing(string name)
    {
        IReadOnlyList<string> before = await RunAsync(name, dieBefore: 1, repeat: false);
        IReadOnlyList<string> after = await RunAsync(name, dieBefore: 0, repeat: false);
        int whole = 0;
        for (int write = 1; await DiesAsync(name, write) is { } collections; write++)
        {
            await using CollectionStore restarted = Open(collections);
            await restarted.GetItemsAsync("acme", [Turn(1, "").Id], Cancellation);

            IReadOnlyList<string> found = collections.Dump();
            (found.SequenceEqual(before) || found.SequenceEqual(after)).ShouldBeTrue($"it died before write {write}");
            whole += found.SequenceEqual(after) ? 1 : 0;
        }

        whole.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Tidy_AfterADeath_FinishesTheBatch()
    {
        MemoryCollections collections = (await DiesAsync("erased", 3))!;
        await using CollectionStore restarted = Open(collections);

        await restarted.TidyAsync(TimeSpan.FromHours(1), Cancellation);

        collections.Dump().ShouldBe(await RunAsync("erased", dieBefore: 0, repeat: false));
    }

    [Fact]
    public async Task Apply_OfWhatIsThere_WritesNoObjectOfAnItem()
    {
        var collections = new MemoryCollections();
        await using CollectionStore store = Open(collections);
        await store.ApplyAsync(Named("appended"), Cancellation);
        int puts = collections.ChunksInMemory.Puts;

        await store.ApplyAsync(Named("appended"), Cancellation);

        collections.ChunksInMemory.Puts.ShouldBe(puts);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string name, int dieBefore, bool repeat)
    {
        MemoryCollections collections = await FillAsync();
        await using CollectionStore store = Open(collections);
        if (dieBefore == 0)
        {
            await store.ApplyAsync(Named(name), Cancellation);
            await (repeat ? store.ApplyAsync(Named(name), Cancellation) : Task.CompletedTask);
        }

        return collections.Dump();
    }

    // Null once the batch has fewer writes.
    private static async Task<MemoryCollections?> DiesAsync(string name, int write)
    {
        MemoryCollections collections = await FillAsync();
        int left = write;
        collections.BeforeWrite = () =>
        {
            if (--left <= 0)
            {
                throw new OperationCanceledException("The process died.");
            }
        };
        await using CollectionStore store = Open(collections);
        try
        {
            await store.ApplyAsync(Named(name), Cancellation);
            return null;
        }
        catch (OperationCanceledException)
        {
            collections.BeforeWrite = () => { };
            return collections;
        }
    }

    private static async Task<MemoryCollections> FillAsync()
    {
        var collections = new MemoryCollections();
        await using CollectionStore store = Open(collections);
        MemoryItem episode = Derived(MemoryKind.Episode, 0, "Anna adopted a kitten.", new TurnSource("s1", "t1"));
        MemoryItem fact = Derived(MemoryKind.Fact, 0, "It is called Miso.", new TurnSource("s1", "t0"), new TurnSource("s1", "t5"));
        await store.ApplyAsync(
            Batch([.. Enumerable.Range(0, 6).Select(i => Turn(i, $"kitten number {i}")), episode, fact]) with
            {
                Sessions = [Session("s1")],
                History = [new HistoryEntry(episode.Id, Start, "created", "said", null, [], [], null)],
                Vectors = [new ItemVector(Turn(4, "").Id, [1, 0])],
            },
            Cancellation);
        return collections;
    }

    private static CollectionStore Open(MemoryCollections collections) => new(collections, TimeProvider.System);

    private static StoreBatch Named(string name)
    {
        MemoryItem episode = Derived(MemoryKind.Episode, 0, "Anna adopted a kitten and a dog.", new TurnSource("s1", "t1"), new TurnSource("s1", "t6"));
        MemoryItem[] later = [Turn(6, "And a dog."), Turn(7, "Good.")];
        return name switch
        {
            "appended" => Batch(later) with { Sessions = [Session("s1", distilledTo: 3)], Pipelines = [Pipeline("p1", PipelineStatus.Queued)] },
            "erased" => new StoreBatch
            {
                Scope = Anna,
                Tombstones = [new TurnTombstone("s1", "t1", "hash", Start), new TurnTombstone("s1", "t2", null, Start)],
                RemovedItems = [Turn(1, "").Id, Turn(2, "").Id, episode.Id],
                Erasures = [new ErasureRecord { Key = "session:s1", Scope = Anna, ReceiptId = "r", RequestedAt = Start }],
            },
            "cited" => new StoreBatch
            {
                Scope = Anna,
                Saliences = [new SalienceChange(episode.Id, new SalienceLevel(0.9, Start)), new SalienceChange(Turn(3, "").Id, new SalienceLevel(0.7, Start))],
                Citations = [new CountedCitation("a1", episode.Id, Start), new CountedCitation("a1", Turn(3, "").Id, Start)],
            },
            "merged" => Batch(episode with { Version = 2 }) with { History = [new HistoryEntry(episode.Id, Start.AddHours(1), "merged", "more", "p1", [], [], null)] },
            "moved" => Batch(
                Derived(MemoryKind.Fact, 0, "It is called Luna.", new TurnSource("s1", "t3"), new TurnSource("s1", "t5")),
                Derived(MemoryKind.Fact, 1, "It is white.", new TurnSource("s1", "t0"))) with { RemovedItems = [episode.Id] },
            "forgotten" => new StoreBatch
            {
                Scope = Anna,
                RemovedItems = [.. Enumerable.Range(0, 6).Select(i => Turn(i, "").Id), episode.Id, Derived(MemoryKind.Fact, 0, "").Id],
                RemovedSessions = ["s1"],
                Erasures = [new ErasureRecord { Key = "user:anna", Scope = Anna, ReceiptId = "r", RequestedAt = Start, CompletedAt = Start }],
            },
            _ => new StoreBatch { Scope = Anna, Vectors = [new ItemVector(Turn(3, "").Id, [0, 1]), new ItemVector(episode.Id, [1, 1])] },
        };
    }
}
