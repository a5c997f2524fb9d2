using MemoryDapr.Store.Sqlite.Index;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

/// <summary>What an index says it holds, beside what the collector sees.</summary>
[Collection(AloneCollection.Name)]
public sealed class IndexBytesTests
{
    /// <summary>For a turn of 27 words.</summary>
    private const int MostBytesPerTurn = 450;

    [Theory]
    [InlineData(200, 100)]
    [InlineData(1, 30_000)]
    public void Bytes_OfLoadedIndexes_AreWhatTheyTake(int scopes, int turns)
    {
        byte[][] analyses = [.. Enumerable.Range(0, turns).Select(Analysis)];
        Load(analyses).LiveItems.ShouldBe(turns, "once before, so that the pool has its arrays already");
        long before = GC.GetTotalMemory(forceFullCollection: true);

        ScopeIndex[] indexes = [.. Enumerable.Range(0, scopes).Select(_ => Load(analyses))];

        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        double told = indexes.Sum(index => index.Bytes);
        told.ShouldBeInRange(taken * 0.87, taken * 1.13);
        (told / (scopes * turns)).ShouldBeLessThan(MostBytesPerTurn);
        GC.KeepAlive(analyses);
    }

    [Theory]
    [InlineData(200, 100)]
    [InlineData(1, 30_000)]
    public void Bytes_OfIndexesThatGrewByWrites_AreWhatTheyTake(int scopes, int turns)
    {
        byte[][] analyses = [.. Enumerable.Range(0, turns).Select(Analysis)];
        Load(analyses).LiveItems.ShouldBe(turns, "once before, so that the pool has its arrays already");
        long before = GC.GetTotalMemory(forceFullCollection: true);

        ScopeIndex[] indexes = [.. Enumerable.Range(0, scopes).Select(_ => Grow(analyses))];

        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        double told = indexes.Sum(index => index.Bytes);
        told.ShouldBeInRange(taken * 0.87, taken * 1.13);
        (told / (scopes * turns)).ShouldBeLessThan(MostBytesPerTurn);
        GC.KeepAlive(analyses);
    }

    [Fact]
    public void Bytes_OfVectors_AreWhatTheyTake()
    {
        byte[][] analyses = [.. Enumerable.Range(0, 100).Select(Analysis)];
        float[] vector = new float[384];
        long before = GC.GetTotalMemory(forceFullCollection: true);

        var indexes = new ScopeIndex[50];
        for (int i = 0; i < indexes.Length; i++)
        {
            indexes[i] = Load(analyses);
            for (int turn = 0; turn < 100; turn++)
            {
                indexes[i].SetVector(Turn(turn, "").Id, vector);
            }
        }

        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        ((double)indexes.Sum(index => index.Bytes)).ShouldBeInRange(taken * 0.87, taken * 1.13);
    }

    private static byte[] Analysis(int i)
    {
        // Common words and rare ones, about as in speech.
        string text = string.Join(' ', Enumerable.Range(0, 27).Select(j => $"word{(j % 3 == 0 ? ((i * 31) + (j * 977)) % 5_000 : (i * j) % 211)}x"));
        MemoryItem turn = Turn(i, text, i % 2 == 0 ? "Anna" : "Bert", $"session-{i / 20}");
        return ItemAnalyzer.Analyze(turn with { Id = Turn(i, "").Id });
    }

    private static ScopeIndex Load(byte[][] analyses)
    {
        var index = new ScopeIndex(Anna.Key);
        index.BeginLoad();
        Put(index, analyses);
        index.EndLoad();
        return index;
    }

    private static ScopeIndex Grow(byte[][] analyses)
    {
        var index = new ScopeIndex(Anna.Key);
        Put(index, analyses);
        return index;
    }

    private static void Put(ScopeIndex index, byte[][] analyses)
    {
        for (int i = 0; i < analyses.Length; i++)
        {
            index.Put(analyses[i], i + 1, 0.5f, Start.UtcTicks);
        }
    }
}
