using System.Collections.Frozen;

namespace MemoryDapr.Stores.Analysis;

/// <summary>
/// English words that are in every text and tell nothing. Out of the query they are worth +5 points of recall@10; more words than
/// these ("kind", "recently", "during") cost one. "May" is not among them: it is a month.
/// </summary>
internal static class StopWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words =
        """
        a about above after again against all am an and any are aren as at be because been before being below between both but by can
        cannot could couldn did didn do does doesn doing don down each few for from had hadn has hasn have haven having he her here hers
        herself him himself his how i if in into is isn it its itself just ll me more most my myself no nor not now of off on once only or
        other our ours ourselves out over own re same she should shouldn so some such than that the their theirs them themselves then
        there these they this those through to too under until up ve very was wasn we were weren what when where which while who whom whose
        why will with won would wouldn you your yours yourself yourselves im ive id dont didnt doesnt thats whats
        """
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the folded word is one of them.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => Words.Contains(word);
}
