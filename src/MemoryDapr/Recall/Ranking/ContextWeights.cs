using MemoryDapr.Stores;

namespace MemoryDapr.Recall.Ranking;

/// <summary>
/// How much a word of a neighbouring chunk counts against a word of the chunk's own, before saturation (BM25F). The other speaker
/// names the topic, this one answers: +11 points of recall@10 in chat between people. Among messages of hundreds of words a neighbour
/// drowns the chunk's own words, so there it counts little.
/// </summary>
/// <param name="Previous">The chunk before.</param>
/// <param name="Next">The chunk after.</param>
/// <param name="SecondPrevious">The one before that.</param>
/// <param name="SecondNext">The one after that.</param>
internal readonly record struct ContextWeights(float Previous, float Next, float SecondPrevious, float SecondNext)
{
    /// <summary>Words of a scope's mean item from which its items are long.</summary>
    public const double LongItem = 60;

    /// <summary>For short items.</summary>
    public static ContextWeights Full { get; } = new(0.7f, 0.4f, 0.4f, 0.2f);

    /// <summary>For long items.</summary>
    public static ContextWeights Light { get; } = new(0.2f, 0.2f, 0, 0);

    /// <summary>Own words alone.</summary>
    public static ContextWeights None { get; }

    /// <summary>What all neighbours together may add to a chunk of the same length.</summary>
    public float Sum => Previous + Next + SecondPrevious + SecondNext;

    /// <summary>The weights of a class; auto follows the scope's mean item length in words.</summary>
    public static ContextWeights For(WeightClass weightClass, double meanItemLength) => weightClass switch
    {
        WeightClass.Full => Full,
        WeightClass.Light => Light,
        _ => meanItemLength < LongItem ? Full : Light,
    };
}
