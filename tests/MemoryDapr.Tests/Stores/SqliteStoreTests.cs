using System.Text;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

public sealed class SqliteStoreSearchTests : MemoryStoreConformance
{
    private readonly TemporaryStore _store = new();

    public override ValueTask DisposeAsync() => _store.DisposeAsync();

    private protected override Task<IMemoryStore> OpenAsync() => Task.FromResult<IMemoryStore>(_store.Store);
}

public sealed class SqliteStoreRecordsTests : StoreRecordsConformance
{
    private readonly TemporaryStore _store = new();

    public override ValueTask DisposeAsync() => _store.DisposeAsync();

    private protected override Task<IMemoryStore> OpenAsync() => Task.FromResult<IMemoryStore>(_store.Store);
}

public sealed class SqliteStoreEdgesTests : StoreEdgesConformance
{
    private readonly TemporaryStore _store = new();

    public override ValueTask DisposeAsync() => _store.DisposeAsync();

    private protected override Task<IMemoryStore> OpenAsync() => Task.FromResult<IMemoryStore>(_store.Store);
}

public sealed class SqliteStoreDistilledTests : StoreDistilledConformance
{
    private readonly TemporaryStore _store = new();

    public override ValueTask DisposeAsync() => _store.DisposeAsync();

    private protected override Task<IMemoryStore> OpenAsync() => Task.FromResult<IMemoryStore>(_store.Store);
}

public sealed class SqliteStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_AfterARestart_RanksAsBefore()
    {
        await using var temporary = new TemporaryStore();
        await temporary.Store.ApplyAsync(Batch([.. Enumerable.Range(0, 50).Select(i => Turn(i, $"kitten story {i} of {i % 7} and {i % 5}"))]), Cancellation);
        SearchPlan plan = Plan("kitten story 6", 50) with { Explain = true };
        SearchResult before = await temporary.Store.SearchAsync(plan, Cancellation);

        await temporary.ReopenAsync();

        SearchResult after = await temporary.Store.SearchAsync(plan, Cancellation);
        after.Items.Select(item => (item.Item.Id, item.Score)).ShouldBe(before.Items.Select(item => (item.Item.Id, item.Score)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Search_OfEpisodes_BringsFactsWhereThePlanWantsThem(bool wanted)
    {
        await using var temporary = new TemporaryStore();
        MemoryItem episode = Derived(MemoryKind.Episode, 1, "Anna adopted a kitten.") with
        {
            Facts = [new EpisodeFact("Anna has a kitten.", [new TurnSource("s1", "t1")])],
        };
        await temporary.Store.ApplyAsync(Batch(episode), Cancellation);

        SearchResult result = await temporary.Store.SearchAsync(Plan("kitten") with { WithFacts = wanted }, Cancellation);

        result.Items.ShouldHaveSingleItem().Item.Facts.Select(fact => fact.Text).ShouldBe(wanted ? ["Anna has a kitten."] : []);
    }

    [Fact]
    public async Task Search_OfScopesBeyondTheBudget_StillAnswersAndStaysWithinIt()
    {
        const long Budget = 1024 * 1024;
        await using var temporary = new TemporaryStore(Budget);
        string filler = string.Join(' ', Enumerable.Range(0, 55).Select(i => $"word{i}x"));
        for (int user = 0; user < 30; user++)
        {
            var scope = new Scope("acme", $"u{user}");
            await temporary.Store.ApplyAsync(Batch([.. Enumerable.Range(0, 200).Select(i => Turn(i, $"kitten {user} {filler} {i}", scope: scope))]), Cancellation);
            SearchResult result = await temporary.Store.SearchAsync(Plan($"kitten {user}", 1) with { Scope = scope }, Cancellation);
            result.Items.ShouldHaveSingleItem().Item.Scope.ShouldBe(scope);
        }

        StoreHealth health = await temporary.Store.CheckAsync(Cancellation);
        health.Details["indexBytes"].ShouldBeLessThanOrEqualTo(Budget);
        health.Details["indexedScopes"].ShouldBeLessThan(30);
        SearchResult first = await temporary.Store.SearchAsync(Plan("kitten 0", 1) with { Scope = new Scope("acme", "u0") }, Cancellation);
        first.Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Search_WhileBatchesArrive_SeesEachWholeOrNotAtAll()
    {
        await using var temporary = new TemporaryStore();
        Task writing = Task.Run(
            async () =>
            {
                for (int i = 0; i < 60; i++)
                {
                    await temporary.Store.ApplyAsync(Batch(Turn(i * 2, $"kitten pair {i}"), Turn((i * 2) + 1, $"kitten pair {i}")), Cancellation);
                }
            },
            Cancellation);
        int seen = 0;
        while (!writing.IsCompleted)
        {
            SearchResult result = await temporary.Store.SearchAsync(Plan("kitten pair", 100) with { Filter = new SearchFilter { Until = Start.AddMinutes(90) } }, Cancellation);
            result.Items.Count.ShouldBeGreaterThanOrEqualTo(seen);
            (result.Items.Count % 2).ShouldBe(0);
            seen = result.Items.Count;
        }

        await writing;
        (await temporary.Store.SearchAsync(Plan("kitten pair", 100), Cancellation)).Items.Count.ShouldBe(100);
    }

    [Fact]
    public async Task CompletedErasure_InTheFiles_LeavesNoText()
    {
        await using var temporary = new TemporaryStore();
        const string Secret = "strawberryfieldsforever";
        await temporary.Store.ApplyAsync(Batch([.. Enumerable.Range(0, 20).Select(i => Turn(i, $"{Secret} {i}"))]), Cancellation);
        ReadAll(temporary.Options.Directory).ShouldContain(Secret);

        await temporary.Store.ApplyAsync(
            new StoreBatch
            {
                Scope = Anna,
                RemovedItems = [.. Enumerable.Range(0, 20).Select(i => Turn(i, "").Id)],
                Erasures = [new ErasureRecord { Key = "session:s1", Scope = Anna, ReceiptId = "r", RequestedAt = Start, CompletedAt = Start }],
            },
            Cancellation);

        ReadAll(temporary.Options.Directory).ShouldNotContain(Secret);
    }

    private static string ReadAll(string folder) =>
        string.Concat(Directory.GetFiles(folder).Select(path =>
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file, Encoding.Latin1);
            return reader.ReadToEnd();
        }));
}
