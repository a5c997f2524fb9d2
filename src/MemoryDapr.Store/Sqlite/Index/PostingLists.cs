using System.Runtime.InteropServices;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// Which chunks have a term, and how often: flat arrays ordered by term, and behind them a short unordered tail that takes additions
/// and is merged in when it grows.
/// </summary>
internal sealed class PostingLists
{
    /// <summary>Chunks that fit beside a count in 32 bits.</summary>
    public const int MaxChunks = 1 << 24;

    private const int MaxCount = 255;
    private const int ShortestTail = 512;

    /// <summary>A search reads the whole tail once for each of its terms: this is what it may cost.</summary>
    private const int LongestTail = 32_768;

    private uint[] _terms = [];
    private int[] _starts = [0];
    private uint[] _postings = [];
    private List<ulong> _tail = [];

    /// <summary>Bytes held.</summary>
    public long Bytes => (8L * _terms.Length) + (4L * _postings.Length) + (8L * _tail.Capacity);

    public void Add(uint term, int chunk, int count)
    {
        _tail.Add(((ulong)term << 32) | ((uint)chunk << 8) | (uint)Math.Min(count, MaxCount));
        if (_tail.Count >= Math.Clamp(_postings.Length / 8, ShortestTail, LongestTail))
        {
            Merge();
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

        foreach (ulong entry in CollectionsMarshal.AsSpan(_tail))
        {
            if ((uint)(entry >> 32) == term)
            {
                reader.Read((int)((uint)entry >> 8), (int)(entry & MaxCount));
            }
        }
    }

    /// <summary>Merges the tail in and gives back what it held: after a scope is loaded, and whenever the tail is long.</summary>
    public void Merge()
    {
        _tail.Sort();
        ReadOnlySpan<ulong> tail = CollectionsMarshal.AsSpan(_tail);
        var terms = new List<uint>(_terms.Length + 16);
        var starts = new List<int>(_starts.Length + 16);
        uint[] postings = new uint[_postings.Length + tail.Length];
        int written = 0;
        int old = 0;
        for (int next = 0; old < _terms.Length || next < tail.Length;)
        {
            uint term = next >= tail.Length ? _terms[old]
                : old >= _terms.Length ? (uint)(tail[next] >> 32)
                : Math.Min(_terms[old], (uint)(tail[next] >> 32));
            terms.Add(term);
            starts.Add(written);
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

        starts.Add(written);
        _terms = [.. terms];
        _starts = [.. starts];
        _postings = postings;
        _tail = [];
    }
}
