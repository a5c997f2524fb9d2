using MemoryDapr.Store.Collections;
using MemoryDapr.Store.Collections.Chunks;
using MemoryDapr.Store.Collections.Records;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores.Collections;

public sealed class LentWordsTests : IAsyncDisposable
{
    private readonly MemoryCollections _collections = new();
    private readonly CollectionStore _store;

    public LentWordsTests() => _store = new CollectionStore(_collections, TimeProvider.System);

    private static MemoryItem[] Older { get; } =
    [
        .. Enumerable.Range(0, 6).Select(i => Turn(i, $"word{i}")),
        Derived(MemoryKind.Fact, 0, "Lisbon", new TurnSource("s1", "t1"), new TurnSource("s1", "t4")),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _collections.DisposeAsync();
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(4, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 0)]
    public async Task Context_OfACitedTurn_HasTheWordAsOftenAsItWeighs(int sources, int times)
    {
        await ApplyAsync([.. Enumerable.Range(0, 12).Select(i => Turn(i, $"word{i}"))]);

        await ApplyAsync(Derived(MemoryKind.Fact, 0, "Lisbon Lisbon", [.. Enumerable.Range(0, sources).Select(i => new TurnSource("s1", $"t{i}"))]));

        StoredObject chunk = await ReadAsync(Turn(0, ""));
        Count(chunk.Text(ChunkProperty.FullContext), "lisbon").ShouldBe(times);
        Count(chunk.Text(ChunkProperty.LightContext), "lisbon").ShouldBe(times);
        Count(chunk.Text(ChunkProperty.Own), "lisbon").ShouldBe(0);
    }

    [Fact]
    public async Task Context_OfATurnThatHasTheWord_IsFilledUpToItsWeight()
    {
        await ApplyAsync(Turn(0, "Lisbon"), Turn(1, "alpha"), Turn(2, "Lisbon Lisbon"));

        await ApplyAsync(Derived(MemoryKind.Fact, 0, "Lisbon", new TurnSource("s1", "t1"), new TurnSource("s1", "t2")));

        StoredObject beside = await ReadAsync(Turn(1, ""));
        Count(beside.Text(ChunkProperty.FullContext), "lisbon").ShouldBe(3 + 2 + 2, "before once, after twice: more than the 3 that are lent");
        Count(beside.Text(ChunkProperty.LightContext), "lisbon").ShouldBe(3, "1 + 2 as it is");
        Count((await ReadAsync(Turn(2, ""))).Text(ChunkProperty.LightContext), "lisbon").ShouldBe(10);
    }

    [Fact]
    public async Task Context_OfATurnThatComesAfterWhatCitesIt_HasTheWords()
    {
        await ApplyAsync(Derived(MemoryKind.Fact, 0, "Anna visited Lisbon", new TurnSource("s1", "t1")));
        await ApplyAsync(Turn(0, "alpha"));

        await ApplyAsync(Turn(1, "beta"));

        Count((await ReadAsync(Turn(1, ""))).Text(ChunkProperty.FullContext), "lisbon").ShouldBe(5);
        Count((await ReadAsync(Turn(0, ""))).Text(ChunkProperty.FullContext), "lisbon").ShouldBe(0);
    }

    [Fact]
    public async Task Context_OfATurnThatThousandsOfWordsAreLentTo_StaysOfASize()
    {
        await ApplyAsync(Turn(0, "alpha"));
        for (int i = 0; i < 4; i++)
        {
            string text = string.Join(' ', Enumerable.Range(0, 200).Select(word => $"word{i}x{word}"));
            await ApplyAsync(Derived(MemoryKind.Fact, i, text, new TurnSource("s1", "t0")));
        }

        (await ReadAsync(Turn(0, ""))).Text(ChunkProperty.FullContext)!.Split(' ').Distinct().Count().ShouldBeInRange(501, 510);
    }

    [Fact]
    public async Task Apply_OfAFactThatIsWithoutAnotherWord_WritesNoTurn()
    {
        MemoryItem fact = Derived(MemoryKind.Fact, 0, "Lisbon", new TurnSource("s1", "t0"));
        await ApplyAsync(Turn(0, "alpha"), fact);
        int puts = _collections.ChunksInMemory.Puts;

        await ApplyAsync(fact with { Pinned = true, Version = 2 });

        (_collections.ChunksInMemory.Puts - puts).ShouldBe(1);
    }

    [Fact]
    public async Task Apply_OfAFactOnTurnsFarApart_ReadsNothingInBetween()
    {
        MemoryItem[] turns = [.. Enumerable.Range(0, 400).Select(i => Turn(i, $"word{i}"))];
        await ApplyAsync(turns);
        int read = _collections.ChunksInMemory.Given;

        await ApplyAsync(Derived(MemoryKind.Fact, 0, "Lisbon", new TurnSource("s1", "t3"), new TurnSource("s1", "t390")));

        (_collections.ChunksInMemory.Given - read).ShouldBeLessThan(40);
        Count((await ReadAsync(turns[390])).Text(ChunkProperty.FullContext), "lisbon").ShouldBe(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Chunks_AfterManyBatches_AreThoseOfWhatIsLeftWrittenAtOnce(int seed)
    {
        var random = new Random(seed);
        var left = new Dictionary<string, MemoryItem>(StringComparer.Ordinal);
        for (int step = 0; step < 40; step++)
        {
            StoreBatch batch = Some(random, left);
            await _store.ApplyAsync(batch, Cancellation);
            foreach (string id in batch.RemovedItems)
            {
                left.Remove(id);
            }

            foreach (MemoryItem item in batch.Items)
            {
                left[item.Id] = item;
            }
        }

        var at = new MemoryCollections();
        await using var once = new CollectionStore(at, TimeProvider.System);
        await once.ApplyAsync(Batch([.. left.Values]), Cancellation);
        _collections.ChunksInMemory.Dump().ShouldBe(at.ChunksInMemory.Dump());
    }

    [Fact]
    public async Task Apply_ToAScopeOfAnEarlierRelease_LendsWhatWasDistilledThen()
    {
        await ApplyAsync(Older);
        IReadOnlyList<string> expected = _collections.Dump();
        await ForgetLendingAsync(_collections);

        await ApplyAsync(Older[0]);

        _collections.Dump().ShouldBe(expected);
    }

    [Fact]
    public async Task Apply_ToAScopeOfAnEarlierReleaseThatDiedAtAnyWrite_LendsAllWhenRepeated()
    {
        await ApplyAsync(Older);
        IReadOnlyList<string> expected = _collections.Dump();
        int deaths = 0;
        for (bool isDone = false; !isDone; deaths++)
        {
            var collections = new MemoryCollections();
            await using (var dying = new CollectionStore(collections, TimeProvider.System))
            {
                await dying.ApplyAsync(Batch(Older), Cancellation);
                await ForgetLendingAsync(collections);
                int left = deaths;
                collections.BeforeWrite = () => _ = left-- > 0 ? true : throw new OperationCanceledException("The process died.");
                isDone = await Record.ExceptionAsync(() => dying.ApplyAsync(Batch(Older[0]), Cancellation)) is null;
            }

            collections.BeforeWrite = () => { };
            await using var restarted = new CollectionStore(collections, TimeProvider.System);
            await restarted.ApplyAsync(Batch(Older[0]), Cancellation);
            collections.Dump().ShouldBe(expected, $"it died after {deaths} writes");
        }

        deaths.ShouldBeGreaterThan(6);
    }

    // Turns come mostly in order and sometimes after a long pause, are pinned and erased; facts come, change, move and go.
    private static StoreBatch Some(Random random, Dictionary<string, MemoryItem> left)
    {
        var items = new Dictionary<string, MemoryItem>(StringComparer.Ordinal);
        foreach (int _ in Enumerable.Range(0, random.Next(0, 4)))
        {
            int ordinal = (random.Next(0, 4) * 200) + random.Next(0, 12);
            Put(Turn(ordinal, string.Join(' ', Enumerable.Range(0, random.Next(1, 90)).Select(_ => Word())), sessionId: $"s{random.Next(1, 3)}"));
        }

        foreach (int _ in Enumerable.Range(0, random.Next(0, 3)))
        {
            TurnSource[] sources = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => new TurnSource($"s{random.Next(1, 3)}", $"t{(random.Next(0, 4) * 200) + random.Next(0, 12)}"))];
            Put(Derived(MemoryKind.Fact, random.Next(0, 6), string.Join(' ', Enumerable.Range(0, random.Next(1, 150)).Select(_ => Word())), sources));
        }

        string[] removed = [.. left.Keys.Order(StringComparer.Ordinal).Where(id => random.Next(0, 12) == 0 && !items.ContainsKey(id))];
        return new StoreBatch { Scope = Anna, Items = [.. items.Values], RemovedItems = removed };

        string Word() => $"word{random.Next(0, 40)}x";

        void Put(MemoryItem item) => items[item.Id] = item;
    }

    // As it was written before there was such a thing.
    private static async Task ForgetLendingAsync(MemoryCollections collections)
    {
        string[] own = [.. Older[..6].Select(item => ChunkText.Of(item)[0].Own)];
        foreach ((int place, MemoryItem item) in Older.Index())
        {
            StoredObject chunk = await ReadAsync(collections, item);
            var context = ContextText.Of(own, Math.Min(place, 5));
            var properties = new Dictionary<string, object>(chunk.Properties);
            (string Name, string Value)[] older = item.Kind == MemoryKind.Turn
                ? [(ChunkProperty.FullContext, context.Full), (ChunkProperty.LightContext, context.Light)]
                : [(ChunkProperty.Sources, FilterWords.Join(item.Sources.Select(FilterWords.Of))!)];
            foreach ((string name, string value) in older)
            {
                properties[name] = value;
            }

            await collections.Chunks.PutAsync(Anna.Key, [chunk with { Properties = properties }], Cancellation);
        }

        StoredObject profile = (await new RecordStore(collections.Records).ReadAsync(RecordObject.ScopeId(Anna.Key), Cancellation))!;
        await collections.Records.PutAsync(null, [RecordObject.Of(RecordObject.Read<ScopeProfile>(profile) with { Form = 0 })], Cancellation);
    }

    private static async Task<StoredObject> ReadAsync(MemoryCollections collections, MemoryItem item) =>
        (await ChunkReader.ReadAsync(collections.Chunks, Anna.Key, [ChunkObject.IdOf(item.Id, 0)], Cancellation)).ShouldHaveSingleItem();

    private static int Count(string? terms, string term) => (terms ?? "").Split(' ').Count(word => word == term);

    private Task ApplyAsync(params IReadOnlyList<MemoryItem> items) => _store.ApplyAsync(Batch(items), Cancellation);

    private Task<StoredObject> ReadAsync(MemoryItem item) => ReadAsync(_collections, item);
}
