using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// Which chunks have a term, and how often: flat arrays ordered by term, and behind them a short unordered tail that takes additions
/// and is merged in when it grows. Chunks are added in order.
/// </summary>
/// <param name="only">The terms that are kept; null for all.</param>
internal sealed class PostingLists(IReadOnlySet<uint>? only)
{
    /// <summary>Chunks that fit beside a count in 32 bits.</summary>
    public const int MaxChunks = 1 << 24;

    /// <summary>A term that a chunk has more often counts as so often.</summary>
    public const int MaxCount = 255;

    private const int ShortestTail = 512;

    /// <summary>A search reads the whole tail once for each of its terms: this is what it may cost.</summary>
    private const int LongestTail = 32_768;

    /// <summary>Nobody searches while a scope is loaded. This much is sorted at once: 8 MiB, and as much for the sorting.</summary>
    private const int LongestTailWhileLoading = 1 << 20;

    private readonly PostingTail _tail = new();
    private uint[] _terms = [];
    private int[] _starts = [0];
    private uint[] _postings = [];
    private bool _isLoading;

    /// <summary>Bytes held.</summary>
    public long Bytes => 240 + (8L * _terms.Length) + (4L * _postings.Length) + _tail.Bytes;

    private int TailLimit => _isLoading ? LongestTailWhileLoading : Math.Clamp(_postings.Length / 8, ShortestTail, LongestTail);

    /// <summary>Many additions follow, without a search between them, until <see cref="EndLoad"/>.</summary>
    public void BeginLoad() => _isLoading = true;

    public void EndLoad()
    {
        Merge();
        _isLoading = false;
    }

    public void Add(uint term, int chunk, int count)
    {
        if (only is null || only.Contains(term))
        {
            _tail.Add(term, PostingOf(chunk, count));
            MergeIfLong();
        }
    }

    /// <summary>Adds terms that the chunk has once, each of four bytes, the lowest first.</summary>
    public void AddOnce(ReadOnlySpan<byte> terms, int chunk)
    {
        if (only is null)
        {
            _tail.Add(terms, PostingOf(chunk, 1));
            MergeIfLong();
            return;
        }

        for (; !terms.IsEmpty; terms = terms[sizeof(uint)..])
        {
            Add(BinaryPrimitives.ReadUInt32LittleEndian(terms), chunk, 1);
        }
    }

    /// <summary>Gives every posting of the term, as chunk and count.</summary>
    public void Read<TReader>(uint term, ref TReader reader)
        where TReader : IPostingReader, allows ref struct
    {
        int position = Array.BinarySearch(_terms, term);
        if (position >= 0)
        {
            foreach (uint posting in _postings.AsSpan(_starts[position].._starts[position + 1]))
            {
                reader.Read((int)(posting >> 8), (int)(posting & MaxCount));
            }
        }

        foreach (ulong entry in _tail.Entries)
        {
            if ((uint)(entry >> 32) == term)
            {
                reader.Read((int)((uint)entry >> 8), (int)(entry & MaxCount));
            }
        }
    }

    private static uint PostingOf(int chunk, int count) => ((uint)chunk << 8) | (uint)count;

    private void MergeIfLong()
    {
        if (_tail.Length >= TailLimit)
        {
            Merge();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Merge()
    {
        if (_tail.Length == 0)
        {
            return;
        }

        _tail.SortByTerm();
        ReadOnlySpan<ulong> tail = _tail.Entries;
        int distinct = CountTerms(tail);
        uint[] terms = new uint[distinct];
        int[] starts = new int[distinct + 1];
        uint[] postings = new uint[_postings.Length + tail.Length];
        int written = 0;
        int old = 0;
        int next = 0;
        for (int i = 0; i < distinct; i++)
        {
            uint term = Lower(old, next, tail);
            terms[i] = term;
            starts[i] = written;
            if (old < _terms.Length && _terms[old] == term)
            {
                ReadOnlySpan<uint> known = _postings.AsSpan(_starts[old].._starts[old + 1]);
                known.CopyTo(postings.AsSpan(written));
                written += known.Length;
                old++;
            }

            for (; next < tail.Length && (uint)(tail[next] >> 32) == term; next++)
            {
                postings[written++] = (uint)tail[next];
            }
        }

        starts[distinct] = written;
        (_terms, _starts, _postings) = (terms, starts, postings);
        _tail.Clear();
    }

    private int CountTerms(ReadOnlySpan<ulong> tail)
    {
        int distinct = 0;
        int old = 0;
        for (int next = 0; old < _terms.Length || next < tail.Length; distinct++)
        {
            uint term = Lower(old, next, tail);
            old += old < _terms.Length && _terms[old] == term ? 1 : 0;
            while (next < tail.Length && (uint)(tail[next] >> 32) == term)
            {
                next++;
            }
        }

        return distinct;
    }

    private uint Lower(int old, int next, ReadOnlySpan<ulong> tail) =>
        next >= tail.Length ? _terms[old]
            : old >= _terms.Length ? (uint)(tail[next] >> 32)
            : Math.Min(_terms[old], (uint)(tail[next] >> 32));
}
