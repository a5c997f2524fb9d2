using System.Diagnostics.Metrics;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Stores;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

[Collection(AloneCollection.Name)]
public sealed class IndexBudgetTests
{
    private const long SmallBudget = 1024 * 1024;
    private const int Many = 8_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_OfAScopeBeyondTheBudget_AnswersAsOfOneWithinIt()
    {
        await using TemporaryStore small = await FillAsync(SmallBudget);
        await using TemporaryStore large = await FillAsync(64 * SmallBudget);
        using var partial = new Measured("memory_store_partial_loads_total");

        foreach (SearchPlan plan in Plans)
        {
            Answer(await small.Store.SearchAsync(plan, Cancellation)).ShouldBe(Answer(await large.Store.SearchAsync(plan, Cancellation)));
        }

        partial.Sum.ShouldBe(Plans.Length);
        (await small.Store.CheckAsync(Cancellation)).Details["indexBytes"].ShouldBe(0, "nothing stays of it");
        (await large.Store.CheckAsync(Cancellation)).Details["indexBytes"].ShouldBeGreaterThan(1.5 * SmallBudget);
    }

    [Fact]
    public async Task Search_OfAScopeBeyondTheBudget_TakesWhatItsWordsNeed()
    {
        await using TemporaryStore small = await FillAsync(SmallBudget);
        await small.Store.SearchAsync(Plans[0], Cancellation);
        await using TemporaryStore large = await FillAsync(64 * SmallBudget);
        await large.Store.SearchAsync(Plans[0], Cancellation);
        double whole = (await large.Store.CheckAsync(Cancellation)).Details["indexBytes"];
        using var bytes = new Measured("memory_store_index_bytes");

        await small.Store.SearchAsync(Plans[0], Cancellation);

        bytes.Highest.ShouldBeInRange((long)whole / 10, (long)whole * 2 / 3);
        bytes.Sum.ShouldBe(0);
    }

    [Fact]
    public async Task Search_AfterTheScopeBecameSmallEnough_KeepsItsIndex()
    {
        await using TemporaryStore store = await FillAsync(SmallBudget);
        await store.Store.SearchAsync(Plans[0], Cancellation);
        foreach (int[] ordinals in Enumerable.Range(100, Many - 100).Chunk(1_000))
        {
            await store.Store.ApplyAsync(
                new StoreBatch { Scope = Anna, RemovedItems = [.. ordinals.Select(i => Turn(i, "", sessionId: $"s{i / 40}").Id)] }, Cancellation);
        }

        (await store.Store.SearchAsync(Plans[0], Cancellation)).Items.ShouldNotBeEmpty();

        (await store.Store.CheckAsync(Cancellation)).Details["indexedScopes"].ShouldBe(1);
    }

    [Fact]
    public async Task Apply_ThatMakesAScopeTooLarge_LetsGoOfItAlone()
    {
        await using var store = new TemporaryStore(SmallBudget);
        var other = new Scope("acme", "other");
        await store.Store.ApplyAsync(Batch(Turn(0, "A kitten.", scope: other)), Cancellation);
        await store.Store.SearchAsync(Plan("kitten") with { Scope = other }, Cancellation);
        await store.Store.SearchAsync(Plan("kitten"), Cancellation);

        await WriteAsync(store.Store);

        (await store.Store.CheckAsync(Cancellation)).Details["indexedScopes"].ShouldBe(1);
        (await store.Store.SearchAsync(Plan("kitten") with { Scope = other }, Cancellation)).Items.Count.ShouldBe(1);
    }

    private static SearchPlan[] Plans { get; } =
    [
        Plan("Which kitten did Anna see in week 77?", 100) with { Explain = true },
        Plan("What did I say of word17x and word23x?", 100) with { Explain = true, Vector = [0.3f, 1, 0] },
        Plan("nothing that anybody said", 20),
        Plan("kitten 41") with { Filter = new SearchFilter { SessionIds = ["s3"] }, ExcludedTurns = [new TurnSource("s3", "t121")] },
        Plan("kittens") with { Filter = new SearchFilter { Kinds = [MemoryKind.Fact] } },
    ];

    private static string Answer(SearchResult result) => string.Join(
        '\n', result.Items.Select(item => $"{item.Item.Id} {item.Score} {string.Join(' ', item.Parts)}").Append($"{result.Candidates} {result.SubjectMismatch}"));

    private static async Task<TemporaryStore> FillAsync(long budget)
    {
        var store = new TemporaryStore(budget);
        await WriteAsync(store.Store);
        return store;
    }

    private static async Task WriteAsync(SqliteStore store)
    {
        foreach (int[] ordinals in Enumerable.Range(0, Many).Chunk(1_000))
        {
            MemoryItem[] turns = [.. ordinals.Select(i => Turn(i, Text(i), i % 3 == 0 ? "Anna" : "Bert", $"s{i / 40}"))];
            await store.ApplyAsync(
                Batch(turns) with { Vectors = [.. turns.Take(100).Select((turn, i) => new ItemVector(turn.Id, [i % 7, 1, i % 3]))] }, Cancellation);
        }

        await store.ApplyAsync(Batch(Derived(MemoryKind.Fact, 0, "Anna has kittens."), Derived(MemoryKind.Episode, 0, "Bert saw a kitten.")), Cancellation);
    }

    private static string Text(int i) =>
        $"In week {i % 100} the kitten {i} " + string.Join(' ', Enumerable.Range(0, 20).Select(j => $"word{(i * 31 + (j * j * 7)) % 4_001}x"));

    /// <summary>What an instrument of the store has measured since this was made.</summary>
    private sealed class Measured : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Lock _gate = new();

        public Measured(string name)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == MemoryTelemetry.Meter && instrument.Name == name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((_, value, _, _) => Add(value));
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Add(value));
            _listener.Start();
        }

        public long Sum { get; private set; }

        public long Highest { get; private set; }

        public void Dispose() => _listener.Dispose();

        private void Add(long value)
        {
            lock (_gate)
            {
                Sum += value;
                Highest = Math.Max(Highest, Sum);
            }
        }
    }
}
