using EmbeddedDapr.Storage;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Store.Sqlite.Index;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

public sealed class StoreSchemaTests
{
    private static readonly SearchPlan Question = Plan("When did Anna take the kitten to Lisbon?", 50) with { Explain = true, Vector = [1, 0.5f] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_OfAFileOfTheFirstSchema_AnswersAsANewOneDoes()
    {
        await using TemporaryStore fresh = await FreshAsync();
        await using TemporaryStore old = new(prepare: folder => VersionOneFile.Create(folder, Items, Vectors));

        (await AnswersAsync(old)).ShouldBe(await AnswersAsync(fresh));
        VersionsIn(old).ShouldBe(ItemAnalyzer.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Open_OfAFileOfTheFirstSchema_TakesWritesBeforeItsFirstSearch()
    {
        await using TemporaryStore fresh = await FreshAsync();
        await using TemporaryStore old = new(prepare: folder => VersionOneFile.Create(folder, Items, Vectors));
        foreach (TemporaryStore store in new[] { fresh, old })
        {
            await store.Store.ApplyAsync(
                Batch(Turn(200, "Another kitten, in Porto."), Turn(7, "Replaced: no pet at all.")) with { RemovedItems = [Turn(9, "").Id] }, Cancellation);
        }

        (await AnswersAsync(old)).ShouldBe(await AnswersAsync(fresh));
    }

    [Fact]
    public async Task Search_OfAScopeAnalysedOtherwise_AnalysesItAgainOnce()
    {
        await using TemporaryStore fresh = await FreshAsync();
        await using TemporaryStore other = await FreshAsync();
        Change(other, "UPDATE analyses SET version = 0, data = x'00'");
        Change(other, "UPDATE scopes SET analysis = 0");
        await other.ReopenAsync();

        (await AnswersAsync(other)).ShouldBe(await AnswersAsync(fresh));

        // What it wrote is what it reads next time: of items that are gone from their table it still knows the words.
        Change(other, "DELETE FROM items WHERE ordinal > 100");
        await other.ReopenAsync();
        (await other.Store.SearchAsync(Question, Cancellation)).Candidates.ShouldBe((await fresh.Store.SearchAsync(Question, Cancellation)).Candidates);
    }

    [Fact]
    public async Task Search_AfterAnalysingWasCutShort_GoesOnWhereItWas()
    {
        await using TemporaryStore fresh = await FreshAsync();
        await using TemporaryStore half = await FreshAsync();
        Change(half, "UPDATE analyses SET version = 0, data = x'00' WHERE item % 2 = 0");
        Change(half, "UPDATE scopes SET analysis = 0");
        await half.ReopenAsync();

        (await AnswersAsync(half)).ShouldBe(await AnswersAsync(fresh));
    }

    [Fact]
    public async Task Open_OfAFileOfTheSecondSchema_KeepsFactsAndTakesWrites()
    {
        await using var store = new TemporaryStore();
        MemoryItem episode = Derived(MemoryKind.Episode, 1, "Anna adopted a kitten.") with { Facts = [new EpisodeFact("Anna has a kitten.", [new TurnSource("s1", "t1")])] };
        await store.Store.ApplyAsync(Batch(episode), Cancellation);
        Change(store, "UPDATE items SET data = $0", Rows.ToJson(episode));
        Change(store, "ALTER TABLE items DROP COLUMN facts");
        Change(store, "UPDATE schema_version SET version = 2");
        await store.ReopenAsync();

        MemoryItem read = (await store.Store.GetItemsAsync(Anna.Tenant, [episode.Id], Cancellation)).ShouldHaveSingleItem();
        read.Facts.ShouldHaveSingleItem().Text.ShouldBe("Anna has a kitten.");

        await store.Store.ApplyAsync(Batch(read with { Version = 2 }), Cancellation);
        read = (await store.Store.GetItemsAsync(Anna.Tenant, [episode.Id], Cancellation)).ShouldHaveSingleItem();
        (read.Version, read.Facts.Count).ShouldBe((2, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task Open_OfAFileOfALaterReleaseOrOfNone_IsRefused(int version)
    {
        await using TemporaryStore store = await FreshAsync();
        Change(store, "UPDATE schema_version SET version = $0", version);

        await Should.ThrowAsync<InvalidDataException>(store.ReopenAsync);
    }

    private static IReadOnlyList<MemoryItem> Items { get; } =
    [
        .. Enumerable.Range(0, 150).Select(i => Turn(i, $"In spring {i % 7} I took kitten number {i % 5} to Lisbon. Was it {i}?", i % 2 == 0 ? "Anna" : "Bert", $"s{i % 3}")),
        .. Enumerable.Range(0, 20).Select(i => Derived(MemoryKind.Fact, i, $"Anna has {i % 4} kittens in Lisbon.") with { ValidTo = Start.AddDays(i) }),
    ];

    private static Dictionary<string, float[]> Vectors { get; } =
        Items.Take(40).Select((item, i) => (item.Id, Vector: new float[] { i % 3, 1 })).ToDictionary(pair => pair.Id, pair => pair.Vector, StringComparer.Ordinal);

    private static async Task<TemporaryStore> FreshAsync()
    {
        var store = new TemporaryStore();
        await store.Store.ApplyAsync(
            Batch(Items) with { Vectors = [.. Vectors.Select(pair => new ItemVector(pair.Key, pair.Value))] }, Cancellation);
        return store;
    }

    private static async Task<IReadOnlyList<string>> AnswersAsync(TemporaryStore store)
    {
        SearchResult all = await store.Store.SearchAsync(Question, Cancellation);
        SearchResult valid = await store.Store.SearchAsync(Question with { Filter = new SearchFilter { AsOf = Start.AddDays(9) } }, Cancellation);
        return [.. all.Items.Concat(valid.Items).Select(item => $"{item.Item.Id} {item.Score} {string.Join(' ', item.Parts)}")];
    }

    private static void Change(TemporaryStore store, string sql, params object?[] values)
    {
        using SqliteSession session = SqliteSession.Open(Path.Combine(store.Options.Directory, "memory.db"), readOnly: false);
        session.Execute(sql, values);
    }

    private static string? VersionsIn(TemporaryStore store)
    {
        using SqliteSession session = SqliteSession.Open(Path.Combine(store.Options.Directory, "memory.db"), readOnly: true);
        return session.Scalar<string>("SELECT group_concat(DISTINCT version) FROM (SELECT version FROM analyses UNION ALL SELECT analysis FROM scopes)");
    }
}
