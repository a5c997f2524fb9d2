using MemoryDapr.Store.Collections;
using MemoryDapr.Stores;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores.Collections;

public sealed class OrderedListTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(7, true)]
    [InlineData(10, true)]
    [InlineData(200, false)]
    public async Task Find_PageAfterPage_GivesAllInOrderOnce(int limit, bool isDescending)
    {
        var collection = new MemoryCollection([]);
        var random = new Random(limit);
        StoredObject[] all = [.. Enumerable.Range(0, 100).Select(i => Make(random.Next(0, 12), $"{random.Next(0, 1000):x4}.{i:x4}"))];
        await collection.PutAsync(null, all, Cancellation);
        var list = new OrderedList(collection, "number", "text", isDescending);
        var found = new List<StoredObject>();
        IReadOnlyList<StoredObject> page;
        do
        {
            (double, string)? after = found.Count == 0 ? null : (found[^1].Number("number"), found[^1].Text("text")!);
            page = await list.FindAsync(new ObjectQuery { Properties = ["number", "text"], Limit = limit }, after, Cancellation);
            found.AddRange(page);
        }
        while (page.Count == limit);

        IEnumerable<StoredObject> expected = all.OrderBy(stored => stored.Number("number")).ThenBy(stored => stored.Text("text"), StringComparer.Ordinal);
        found.Select(stored => stored.Id).ShouldBe((isDescending ? expected.Reverse() : expected).Select(stored => stored.Id));
    }

    [Fact]
    public async Task ListItems_OfALongScope_ReadsAPageAndNotTheRest()
    {
        var collections = new MemoryCollections();
        await using var store = new CollectionStore(collections, TimeProvider.System);
        await store.ApplyAsync(Batch([.. Enumerable.Range(0, 500).Select(i => Turn(i, $"word{i}"))]), Cancellation);
        int read = collections.ChunksInMemory.Given;

        string? cursor = (await store.ListItemsAsync(new ItemQuery { Scope = Anna, Limit = 10 }, Cancellation)).NextCursor;
        await store.ListItemsAsync(new ItemQuery { Scope = Anna, Limit = 10, Cursor = cursor }, Cancellation);
        await store.ListTurnsAsync(Anna, "s1", 100, 10, Cancellation);

        (collections.ChunksInMemory.Given - read).ShouldBeLessThan(50);
    }

    [Fact]
    public async Task Append_ToALongSession_ReadsItsEndAndNotTheRest()
    {
        var collections = new MemoryCollections();
        await using var store = new CollectionStore(collections, TimeProvider.System);
        await store.ApplyAsync(Batch([.. Enumerable.Range(0, 500).Select(i => Turn(i, $"word{i}"))]), Cancellation);
        int read = collections.ChunksInMemory.Given;

        await store.ApplyAsync(Batch(Turn(500, "one more")), Cancellation);

        (collections.ChunksInMemory.Given - read).ShouldBeLessThan(20);
    }

    private static StoredObject Make(double number, string text) =>
        new(ObjectId.Of(text), new Dictionary<string, object> { ["number"] = number, ["text"] = text });
}
