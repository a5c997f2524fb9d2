namespace MemoryDapr.Distill.Rules;

/// <summary>
/// Divides a run of turns into episodes: at a long pause always; elsewhere where what is said before and after has least in common
/// (the block comparison of text tiling), if it has almost nothing; and wherever an episode would grow too long.
/// </summary>
internal static class TopicSegments
{
    private const int Block = 3;
    private const int Shortest = 3;

    /// <summary>Below this cosine two blocks of turns speak of different things. Adjacent blocks of one topic are mostly above 0.1.</summary>
    private const double Unrelated = 0.02;

    /// <summary>The segments as ranges of turns, in order, without holes.</summary>
    public static IReadOnlyList<Range> Find(IReadOnlyList<SourceTurn> turns, int longest, TimeSpan gap)
    {
        if (turns.Count == 0)
        {
            return [];
        }

        double[] cohesion = Compare(turns);
        var segments = new List<Range>();
        int start = 0;
        while (start < turns.Count)
        {
            int end = FindEnd(turns, cohesion, start, longest, gap);
            segments.Add(start..end);
            start = end;
        }

        return segments;
    }

    private static int FindEnd(IReadOnlyList<SourceTurn> turns, double[] cohesion, int start, int longest, TimeSpan gap)
    {
        for (int place = start + 1; place < turns.Count; place++)
        {
            bool isPause = turns[place].At - turns[place - 1].At >= gap;
            bool isShift = place - start >= Shortest && turns.Count - place >= Shortest && IsShift(cohesion, place);
            if (isPause || isShift)
            {
                return place;
            }

            if (place - start == longest)
            {
                // No natural end: the weakest place of the second half.
                return Enumerable.Range(start + (longest / 2), longest - (longest / 2) + 1).MinBy(candidate => cohesion[candidate]);
            }
        }

        return turns.Count;
    }

    private static bool IsShift(double[] cohesion, int place) =>
        cohesion[place] < Unrelated
        && cohesion[place] <= cohesion[place - 1]
        && (place + 1 >= cohesion.Length || cohesion[place] <= cohesion[place + 1]);

    /// <summary>For each place between two turns, what the blocks on both sides have in common; 1 at the beginning.</summary>
    private static double[] Compare(IReadOnlyList<SourceTurn> turns)
    {
        Dictionary<string, int>[] terms = [.. turns.Select(turn => KeyPhrases.CountTerms(turn.Content))];
        var cohesion = new double[turns.Count];
        cohesion[0] = 1;
        for (int place = 1; place < turns.Count; place++)
        {
            cohesion[place] = Cosine(
                Sum(terms.AsSpan(Math.Max(0, place - Block), place - Math.Max(0, place - Block))),
                Sum(terms.AsSpan(place, Math.Min(Block, turns.Count - place))));
        }

        return cohesion;
    }

    private static Dictionary<string, int> Sum(ReadOnlySpan<Dictionary<string, int>> blocks)
    {
        var sum = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Dictionary<string, int> block in blocks)
        {
            foreach ((string term, int count) in block)
            {
                sum[term] = sum.GetValueOrDefault(term) + count;
            }
        }

        return sum;
    }

    private static double Cosine(Dictionary<string, int> left, Dictionary<string, int> right)
    {
        double product = left.Sum(pair => (double)pair.Value * right.GetValueOrDefault(pair.Key));
        double norms = Math.Sqrt(Norm(left) * Norm(right));
        return norms == 0 ? 0 : product / norms;

        static double Norm(Dictionary<string, int> terms) => terms.Values.Sum(count => (double)count * count);
    }
}
