using System.Text.Json;
using MemoryDapr.Store.Collections;
using MemoryDapr.Store.Collections.Chunks;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores.Collections;

public sealed class ChunkShapeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Context_OfASession_RepeatsEachNeighbourAsItWeighs()
    {
        var context = ContextText.Of(["a", "b", "c", "d", "e"], 2);

        Counts(context.Full).ShouldBe(["a2", "b3", "c5", "d2", "e1"]);
        Counts(context.Light).ShouldBe(["b1", "c5", "d1"]);
        Counts(ContextText.Of(["a", "b"], 0).Full).ShouldBe(["a5", "b2"]);
        Counts(ContextText.Alone("x y").Full).ShouldBe(["x5", "y5"]);
    }

    [Fact]
    public void Id_OfTheSameParts_IsTheSameWellFormedUuid()
    {
        Guid id = ObjectId.Of("chunk", "a", "0");

        id.ShouldBe(ObjectId.Of("chunk", "a", "0"));
        id.ShouldNotBe(ObjectId.Of("chunk", "a0", ""));
        id.ToString().ShouldMatch("^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    }

    [Fact]
    public void Rank_AsText_ReadsBackTheSame()
    {
        MemoryItem item = Turn(7, "Did Bert see it in May? Twice.", "O|Neill|") with { Pinned = true, Salience = new SalienceLevel(0.1 + 0.2, Start.AddTicks(3)) };
        var rank = ChunkRank.Of(item);

        ChunkRank.Parse(rank.ToString()).ShouldBe(rank);
        rank.Speaker.ShouldBe("o|neill|");
        rank.Traits.NamesTime.ShouldBeTrue();
    }

    [Fact]
    public void SortText_OfMoments_IsInTheirOrderWithoutCapitals()
    {
        string[] texts = [SortText.Always, SortText.Of(DateTimeOffset.MinValue, "Z"), SortText.Of(Start, "A"), SortText.Of(Start, "a"), SortText.Of(Start.AddTicks(1)), SortText.Of(DateTimeOffset.MaxValue), SortText.Never];

        texts.ShouldBe(texts.Order(StringComparer.Ordinal));
        texts.ShouldAllBe(text => !text.Any(char.IsUpper));
        SortText.FromCursor(SortText.ToCursor(texts[2])).ShouldBe(texts[2]);
        SortText.FromCursor("no cursor!").ShouldBeNull();
    }

    [Fact]
    public void FilterWords_OfMetadata_TellTypesCaseAndBlanksApart()
    {
        string[] words =
        [
            FilterWords.Of("a", new MetadataValue("1", null, null)), FilterWords.Of("a", new MetadataValue(null, 1, null)),
            FilterWords.Of("a", new MetadataValue(null, null, true)), FilterWords.Of("a", new MetadataValue("true", null, null)),
            FilterWords.Of("a", new MetadataValue("X", null, null)), FilterWords.Of("a", new MetadataValue("x", null, null)),
            FilterWords.Of("a", new MetadataValue("x ", null, null)), FilterWords.Of("A", new MetadataValue("x", null, null)),
        ];

        words.ShouldBeUnique();
        FilterWords.Of("a", new MetadataValue(null, -0.0, null)).ShouldBe(FilterWords.Of("a", new MetadataValue(null, 0, null)));
    }

    [Fact]
    public void Schema_OfTheChunks_SearchesTheContextsAloneWithOurConstants()
    {
        using var schema = JsonDocument.Parse(new CollectionSchema("Memory").ChunksJson());
        JsonElement root = schema.RootElement;

        root.GetProperty("invertedIndexConfig").GetProperty("bm25").GetRawText().ShouldBe("""{"k1":6,"b":0.75}""");
        root.GetProperty("invertedIndexConfig").GetProperty("stopwords").GetProperty("preset").GetString().ShouldBe("none");
        root.GetProperty("multiTenancyConfig").EnumerateObject().ShouldAllBe(setting => setting.Value.GetBoolean());
        JsonElement[] properties = [.. root.GetProperty("properties").EnumerateArray()];
        properties.Select(property => property.GetProperty("name").GetString()).ShouldBe(ChunkProperty.All, ignoreOrder: true);
        JsonElement[] searched = [.. properties.Where(property => property.TryGetProperty("indexSearchable", out JsonElement is_) && is_.GetBoolean())];
        searched.Select(property => property.GetProperty("name").GetString()).ShouldBe([ChunkProperty.FullContext, ChunkProperty.LightContext]);
        searched.ShouldAllBe(property => property.GetProperty("tokenization").GetString() == "whitespace" && !property.GetProperty("indexFilterable").GetBoolean());
    }

    [Fact]
    public async Task Append_OfATurn_RewritesTheTwoBeforeItAndKeepsTheirVectors()
    {
        var collections = new MemoryCollections();
        await using var store = new CollectionStore(collections, TimeProvider.System);
        await store.ApplyAsync(
            Batch(Turn(0, "alpha"), Turn(1, "beta"), Turn(2, "gamma")) with { Vectors = [new ItemVector(Turn(2, "").Id, [1, 2])] }, Cancellation);
        int puts = collections.ChunksInMemory.Puts;

        await store.ApplyAsync(Batch(Turn(3, "delta")), Cancellation);

        (collections.ChunksInMemory.Puts - puts).ShouldBe(3);
        StoredObject[] found = [.. await FindAsync(collections, "delta")];
        found.Select(chunk => chunk.Text(ChunkProperty.Item)).ShouldBe([Turn(3, "").Id, Turn(2, "").Id, Turn(1, "").Id]);
        found[1].Vector.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Erasure_OfATurnInBetween_LeavesItsWordsInNoContext()
    {
        var collections = new MemoryCollections();
        await using var store = new CollectionStore(collections, TimeProvider.System);
        await store.ApplyAsync(Batch([.. Enumerable.Range(0, 9).Select(i => Turn(i, i == 4 ? "strawberry" : $"word{i}"))]), Cancellation);
        (await FindAsync(collections, "strawberri")).Count.ShouldBe(5);

        await store.ApplyAsync(new StoreBatch { Scope = Anna, RemovedItems = [Turn(4, "").Id] }, Cancellation);

        (await FindAsync(collections, "strawberri")).ShouldBeEmpty();
        IReadOnlyList<StoredObject> joined = await FindAsync(collections, "word3");
        joined.Select(chunk => chunk.Text(ChunkProperty.Item)).ShouldContain(Turn(5, "").Id, "what stood apart are neighbours now");
        collections.Dump().ShouldNotContain(line => line.Contains("strawberr", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tidy_OfScopesThatNobodyUses_DeactivatesThem()
    {
        var collections = new MemoryCollections();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Start);
        await using var store = new CollectionStore(collections, time);
        var bert = new Scope("acme", "bert");
        await store.ApplyAsync(Batch(Turn(0, "alpha")), Cancellation);
        await store.ApplyAsync(Batch(Turn(0, "beta", scope: bert)), Cancellation);
        time.Advance(TimeSpan.FromMinutes(50));
        await store.SearchAsync(Plan("alpha"), Cancellation);
        time.Advance(TimeSpan.FromMinutes(20));

        (await store.TidyAsync(TimeSpan.FromHours(1), Cancellation)).ShouldBe(1);

        collections.Inactive.ShouldBe([bert.Key]);
    }

    private static Task<IReadOnlyList<StoredObject>> FindAsync(MemoryCollections collections, string term) => collections.Chunks.FindAsync(
        new ObjectQuery { Tenant = Anna.Key, Words = (ChunkProperty.FullContext, term), Properties = [ChunkProperty.Item], WithVectors = true, Limit = 100 },
        Cancellation);

    private static IEnumerable<string> Counts(string terms) => terms.Split(' ').CountBy(term => term).Select(term => $"{term.Key}{term.Value}").Order();
}
