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
    [InlineData(300, 100)]
    [InlineData(1, 30_000)]
    public void Bytes_OfLoadedIndexes_AreWhatTheyTake(int scopes, int turns) => AreHonest(scopes, turns, MostBytesPerTurn, Load);

    [Theory]
    [InlineData(300, 100)]
    [InlineData(1, 30_000)]
    public void Bytes_OfIndexesThatGrewByWrites_AreWhatTheyTake(int scopes, int turns) => AreHonest(scopes, turns, MostBytesPerTurn, Grow);

    [Fact]
    public void Bytes_OfVectors_AreWhatTheyTake() => AreHonest(200, 100, MostBytesPerTurn + (2 * 64 * sizeof(float)), analyses =>
    {
        ScopeIndex index = Load(analyses);
        float[] vector = new float[64];
        for (int turn = 0; turn < analyses.Length; turn++)
        {
            index.SetVector(Turn(turn, "").Id, vector);
        }

        return index;
    });

    // What earlier tests leave may be collected, or given back by the pools, meanwhile: one of a few attempts is undisturbed.
    private static void AreHonest(int scopes, int turns, int mostBytes, Func<byte[][], ScopeIndex> make)
    {
        const int Attempts = 4;
        byte[][] analyses = [.. Enumerable.Range(0, turns).Select(Analysis)];
        var ratios = new List<double>();
        for (int attempt = 0; attempt < Attempts && !ratios.Exists(IsClose); attempt++)
        {
            long before = GC.GetTotalMemory(forceFullCollection: true);
            ScopeIndex[] indexes = [.. Enumerable.Range(0, scopes).Select(_ => make(analyses))];
            long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
            long told = indexes.Sum(index => index.Bytes);
            (told / ((double)scopes * turns)).ShouldBeLessThan(mostBytes);
            ratios.Add((double)told / taken);
        }

        ratios.Exists(IsClose).ShouldBeTrue(string.Join("; ", ratios));
        GC.KeepAlive(analyses);

        static bool IsClose(double ratio) => ratio is > 0.9 and < 1.1;
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
