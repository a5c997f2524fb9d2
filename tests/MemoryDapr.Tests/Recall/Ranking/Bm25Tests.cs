using System.Numerics;
using MemoryDapr.Recall.Ranking;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Recall.Ranking;

public sealed class Bm25Tests
{
    [Fact]
    public void Weight_OfSeveralChunks_IsToTheLastBitThatOfEach()
    {
        float[] counts = [.. Enumerable.Range(0, Vector<float>.Count).Select(i => 0.7f * i)];
        float[] norms = [.. counts.Select(count => Bm25.Norm(0.3f + (count / 3)))];

        Vector<float> weights = Bm25.Weight(new Vector<float>(counts), new Vector<float>(norms));

        for (int i = 0; i < counts.Length; i++)
        {
            BitConverter.SingleToInt32Bits(weights[i]).ShouldBe(BitConverter.SingleToInt32Bits(Bm25.Weight(counts[i], norms[i])));
        }
    }

    [Fact]
    public void Weight_OfAChunkThatHasNoWordYet_IsNothing() => Bm25.Weight(0, float.PositiveInfinity).ShouldBe(0);
}
