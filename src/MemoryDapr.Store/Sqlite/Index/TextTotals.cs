using MemoryDapr.Recall.Ranking;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// How much text of each kind is living in a scope. What is distilled repeats what was said: counted together, the words that it repeats
/// would seem commoner than they are, and 1.3 points of recall@10 would go.
/// </summary>
internal sealed class TextTotals
{
    /// <summary>How many kinds there are.</summary>
    public const int Kinds = 4;

    private readonly (int Items, int Chunks, long Words)[] _kinds = new (int, int, long)[Kinds];

    /// <summary>Chunks of what was said or stored.</summary>
    public int EvidenceChunks => this[MemoryKind.Turn].Chunks + this[MemoryKind.Document].Chunks;

    /// <summary>All chunks.</summary>
    public int Chunks => _kinds.Sum(kind => kind.Chunks);

    /// <summary>The mean words of a turn, or of any item where there are no turns: it chooses the weight class.</summary>
    public double MeanItemLength
    {
        get
        {
            (int items, _, long words) = this[MemoryKind.Turn];
            (items, words) = items > 0 ? (items, words) : (_kinds.Sum(kind => kind.Items), _kinds.Sum(kind => kind.Words));
            return items == 0 ? 0 : (double)words / items;
        }
    }

    public (int Items, int Chunks, long Words) this[MemoryKind kind] => _kinds[(int)kind];

    /// <summary>
    /// The mean words of the kind's chunks, context included: sentences, summaries and turns are each long or short for what they are.
    /// A session is one chain of chunks, any other item is a chain of its own.
    /// </summary>
    public float MeanLength(MemoryKind kind, ContextWeights weights)
    {
        (int items, int chunks, long words) = this[kind];
        float neighbours = kind == MemoryKind.Turn ? 1 : 1 - ((float)items / Math.Max(chunks, 1));
        return chunks == 0 ? 1 : (float)words / chunks * (1 + (weights.Sum * neighbours));
    }

    public void Add(MemoryKind kind, int chunks, int words) => Change(kind, 1, chunks, words);

    public void Remove(MemoryKind kind, int chunks, int words) => Change(kind, -1, -chunks, -words);

    private void Change(MemoryKind kind, int items, int chunks, int words)
    {
        ref (int Items, int Chunks, long Words) totals = ref _kinds[(int)kind];
        totals = (totals.Items + items, totals.Chunks + chunks, totals.Words + words);
    }
}
