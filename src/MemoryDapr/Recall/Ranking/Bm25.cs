using System.Numerics;

namespace MemoryDapr.Recall.Ranking;

/// <summary>BM25: rare words tell more, repetition tells less each time, and long texts repeat by nature.</summary>
internal static class Bm25
{
    private const float Saturation = 1.2f;
    private const float LengthShare = 0.75f;

    /// <summary>What a word is worth that <paramref name="matching"/> of <paramref name="total"/> chunks have, in their context or own.</summary>
    public static float Rarity(int total, int matching) => MathF.Log(1 + ((total - matching + 0.5f) / (matching + 0.5f)));

    /// <summary>What a chunk's length, in mean lengths, takes from its words.</summary>
    public static float Norm(float relativeLength) => Saturation * (1 - LengthShare + (LengthShare * relativeLength));

    /// <summary>The share of its worth that a chunk gets, 0..2.2, for a weighted count and its length's norm.</summary>
    public static float Weight(float count, float norm) => count * (Saturation + 1) / (count + norm);

    /// <summary>The same for several chunks, to the last bit.</summary>
    public static Vector<float> Weight(Vector<float> counts, Vector<float> norms) => counts * (Saturation + 1) / (counts + norms);
}
