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
    private const int ShortestTail = 512;

    /// <summary>A search reads the whole tail once for each of its terms: this is what it may cost.</summary>
    private const int LongestTail = 32_768;

    /// <summary>Nobody searches while a scope is loaded. This much is sorted at once: 8 MiB, and as much for the sorting.</summary>
    private const int LongestTailWhileLoading = 1 << 20;

    private readonly PostingTail _tail = new();
    private uint[] _terms = [];
    private int[] _starts = [0];
    private Posting[] _postings = [];
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
            _tail.Add(term, new Posting(chunk, count));
            MergeIfLong();
        }
    }

    /// <summary>Adds terms that the chunk has once, each of four bytes, the lowest first.</summary>
    public void AddOnce(ReadOnlySpan<byte> terms, int chunk)
    {
        if (only is null)
        {
            _tail.Add(terms, new Posting(chunk, 1));
            MergeIfLong();
            return;
        }

        for (; !terms.IsEmpty; terms = terms[sizeof(uint)..])
        {
            Add(BinaryPrimitives.ReadUInt32LittleEndian(terms), chunk, 1);
        }
    }

    /// <summary>
    /// Every posting of the term, those of lower chunks first: as they lie there, or in the buffer, which takes one for each chunk, where
    /// the tail has some of them.
    /// </summary>
    public ReadOnlySpan<Posting> Of(uint term, Span<Posting> buffer)
    {
        ReadOnlySpan<Posting> ordered = Ordered(Find(term));
        int added = _tail.CopyTo(term, buffer[ordered.Length..]);
        if (added == 0)
        {
            return ordered;
        }

        ordered.CopyTo(buffer);
        return buffer[..(ordered.Length + added)];
    }

    /// <summary>Where the term is, for many a look at its postings.</summary>
    public TermPlace Find(uint term)
    {
        int position = Array.BinarySearch(_terms, term);
        return position < 0 ? new TermPlace(term, 0, 0) : new TermPlace(term, _starts[position], _starts[position + 1]);
    }

    /// <summary>Whether one of the chunks from the first to before the end has the term.</summary>
    public bool HasAny(TermPlace term, int first, int end)
    {
        ReadOnlySpan<Posting> ordered = Ordered(term);
        int place = ordered.BinarySearch(new Posting(first, 0));
        place = place < 0 ? ~place : place;
        return (place < ordered.Length && ordered[place].Chunk < end) || _tail.HasAny(term.Term, first, end);
    }

    private ReadOnlySpan<Posting> Ordered(TermPlace term) => _postings.AsSpan(term.Start..term.End);

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
        Posting[] postings = new Posting[_postings.Length + tail.Length];
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
                ReadOnlySpan<Posting> known = _postings.AsSpan(_starts[old].._starts[old + 1]);
                known.CopyTo(postings.AsSpan(written));
                written += known.Length;
                old++;
            }

            for (; next < tail.Length && (uint)(tail[next] >> 32) == term; next++)
            {
                postings[written++] = new Posting((uint)tail[next]);
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
