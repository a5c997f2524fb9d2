namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>That a chunk has a term, and how often, in four bytes.</summary>
internal readonly record struct Posting(uint Bits) : IComparable<Posting>
{
    /// <summary>Chunks that fit beside a count.</summary>
    public const int MaxChunks = 1 << (32 - CountBits);

    /// <summary>A term that a chunk has more often counts as so often.</summary>
    public const int MaxCount = (1 << CountBits) - 1;

    private const int CountBits = 8;

    public Posting(int chunk, int count)
        : this(((uint)chunk << CountBits) | (uint)count)
    {
    }

    public int Chunk => (int)(Bits >> CountBits);

    public int Count => (int)(Bits & MaxCount);

    /// <summary>By chunk, then by count.</summary>
    public int CompareTo(Posting other) => Bits.CompareTo(other.Bits);
}
