using MemoryDapr.Recall.Ranking;
using MemoryDapr.Store.Collections.Chunks;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections;

/// <summary>The items that a plan's queries found, each with the best of its chunks.</summary>
internal sealed class RankedCandidates
{
    /// <summary>Brings Weaviate's BM25, which lacks the factor k1 + 1 of k1 = 1.2, to the scale that bonuses are made for.</summary>
    public const double WordScale = 2.2;

    private readonly Dictionary<string, Candidate> _candidates = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Candidate> All => _candidates.Values;

    public bool Contains(string itemId) => _candidates.ContainsKey(itemId);

    /// <summary>Adds what a query by words found.</summary>
    public void AddWords(IEnumerable<StoredObject> chunks)
    {
        foreach ((ChunkRank rank, StoredObject chunk) in Ranked(chunks))
        {
            Candidate candidate = Of(rank);
            if (WordScale * chunk.Score > candidate.Text)
            {
                candidate.Text = WordScale * chunk.Score;
                candidate.Rank = rank;
            }
        }
    }

    /// <summary>
    /// Adds what a query by a vector found, in standard deviations over what it found. What only the words found is as unlike as the most
    /// unlike of them.
    /// </summary>
    public void AddLikeness(IEnumerable<StoredObject> chunks)
    {
        (ChunkRank Rank, StoredObject Chunk)[] found = [.. Ranked(chunks)];
        if (found.Length == 0)
        {
            return;
        }

        float[] cosines = [.. found.Select(one => (float)one.Chunk.Score)];
        VectorFusion.Standardise(cosines);
        float least = cosines.Min();
        foreach (Candidate candidate in All)
        {
            candidate.Vector = least;
        }

        for (int i = 0; i < found.Length; i++)
        {
            Of(found[i].Rank).Vector = cosines[i];
        }
    }

    /// <summary>Whether a turn of another says it better than any of the named speaker's.</summary>
    public bool IsSaidByAnother(string speaker)
    {
        double theirs = 0;
        double others = 0;
        foreach (Candidate candidate in All.Where(candidate => candidate.Rank.Kind == MemoryKind.Turn))
        {
            bool isTheirs = candidate.Rank.Speaker == speaker;
            theirs = isTheirs ? Math.Max(theirs, candidate.Text) : theirs;
            others = isTheirs ? others : Math.Max(others, candidate.Text);
        }

        return others > theirs;
    }

    public static IEnumerable<(ChunkRank Rank, StoredObject Chunk)> Ranked(IEnumerable<StoredObject> chunks) =>
        chunks.Select(chunk => (ChunkRank.Of(chunk), chunk));

    private Candidate Of(ChunkRank rank)
    {
        if (!_candidates.TryGetValue(rank.ItemId, out Candidate? candidate))
        {
            _candidates.Add(rank.ItemId, candidate = new Candidate(rank));
        }

        return candidate;
    }

    /// <summary>An item with its words' and its vector's share.</summary>
    internal sealed class Candidate(ChunkRank rank)
    {
        /// <summary>Of the chunk whose words match best.</summary>
        public ChunkRank Rank { get; set; } = rank;

        public double Text { get; set; }

        public double Vector { get; set; }
    }
}
