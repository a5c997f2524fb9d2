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
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var terms = new (int Term, int Count)[turns.Count][];
        for (int turn = 0; turn < turns.Count; turn++)
        {
            terms[turn] = [.. KeyPhrases.CountTerms(turns[turn].Content).Select(pair => (IdOf(pair.Key, ids), pair.Value))];
        }

        // The blocks slide: each turn is added once to either and taken away once.
        int[] left = new int[ids.Count];
        int[] right = new int[ids.Count];
        for (int turn = 0; turn < Math.Min(Block, turns.Count); turn++)
        {
            Add(right, terms[turn], 1);
        }

        var cohesion = new double[turns.Count];
        cohesion[0] = 1;
        for (int place = 1; place < turns.Count; place++)
        {
            Add(left, terms[place - 1], 1);
            Add(right, terms[place - 1], -1);
            if (place > Block)
            {
                Add(left, terms[place - 1 - Block], -1);
            }

            if (place + Block <= turns.Count)
            {
                Add(right, terms[place + Block - 1], 1);
            }

            cohesion[place] = Cosine(left, right);
        }

        return cohesion;
    }

    private static int IdOf(string term, Dictionary<string, int> ids)
    {
        if (!ids.TryGetValue(term, out int id))
        {
            id = ids.Count;
            ids.Add(term, id);
        }

        return id;
    }

    private static void Add(int[] block, (int Term, int Count)[] terms, int times)
    {
        foreach ((int term, int count) in terms)
        {
            block[term] += count * times;
        }
    }

    private static double Cosine(int[] left, int[] right)
    {
        double norms = Math.Sqrt((double)Product(left, left) * Product(right, right));
        return norms == 0 ? 0 : Product(left, right) / norms;

        static long Product(int[] one, int[] other)
        {
            long sum = 0;
            for (int term = 0; term < one.Length; term++)
            {
                sum += (long)one[term] * other[term];
            }

            return sum;
        }
    }
}
