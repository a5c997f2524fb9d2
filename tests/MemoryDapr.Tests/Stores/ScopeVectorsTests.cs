using MemoryDapr.Store.Sqlite.Index;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores;

public sealed class ScopeVectorsTests
{
    [Fact]
    public void Cosines_AfterManyChanges_AreThoseOfWhatIsLeft()
    {
        var vectors = new ScopeVectors();
        var expected = new Dictionary<int, float>();
        for (int slot = 0; slot < 9_000; slot++)
        {
            vectors.Set(slot, [slot, 1, 0]);
            expected[slot] = slot / MathF.Sqrt(((float)slot * slot) + 1);
        }

        for (int slot = 0; slot < 9_000; slot += 3)
        {
            vectors.Remove(slot);
            expected.Remove(slot);
        }

        for (int slot = 0; slot < 9_000; slot += 5)
        {
            vectors.Set(slot, [0, 0, 2]);
            expected[slot] = 0;
        }

        Read(vectors, [1, 0, 0]).OrderBy(pair => pair.Key).Select(pair => (pair.Key, MathF.Round(pair.Value, 4)))
            .ShouldBe(expected.OrderBy(pair => pair.Key).Select(pair => (pair.Key, MathF.Round(pair.Value, 4))));
    }

    [Fact]
    public void Cosines_WithThoseOfAnotherModel_AreZero()
    {
        var vectors = new ScopeVectors();
        vectors.Set(0, [1, 0]);
        vectors.Set(1, [1, 0, 0]);
        vectors.Set(2, [2, 0]);
        vectors.Set(3, []);

        Read(vectors, [1, 0]).ShouldBe(new Dictionary<int, float> { [0] = 1, [1] = 0, [2] = 1 });
    }

    private static Dictionary<int, float> Read(ScopeVectors vectors, float[] query)
    {
        int[] slots = new int[vectors.Count];
        float[] cosines = new float[vectors.Count];
        vectors.Cosines(query, slots, cosines);
        return slots.Zip(cosines).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
