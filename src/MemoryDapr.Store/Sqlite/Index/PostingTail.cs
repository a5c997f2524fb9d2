using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Postings that are not in order yet: term, chunk and count in one number each, in a pooled array.</summary>
internal sealed class PostingTail
{
    private const int ShortestRadix = 2_048;
    private const int DigitBits = 11;
    private const int TermShift = 32;

    private ulong[] _entries = [];

    public int Length { get; private set; }

    public long Bytes => 8L * _entries.Length;

    public ReadOnlySpan<ulong> Entries => _entries.AsSpan(0, Length);

    public void Add(uint term, Posting posting)
    {
        MakeRoom(1);
        _entries[Length++] = ((ulong)term << TermShift) | posting.Bits;
    }

    /// <summary>Adds the posting to each of the terms, which are four bytes each, the lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> terms, Posting posting)
    {
        int count = terms.Length / sizeof(uint);
        MakeRoom(count);
        Span<ulong> added = _entries.AsSpan(Length, count);
        for (int i = 0; i < added.Length; i++)
        {
            added[i] = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(terms[(i * sizeof(uint))..]) << TermShift) | posting.Bits;
        }

        Length += count;
    }

    /// <summary>Copies the postings of a term, in the order in which they were added, and answers how many they are.</summary>
    public int CopyTo(uint term, Span<Posting> postings)
    {
        // Nearly none are of the term: several at once are passed over.
        ReadOnlySpan<ulong> entries = Entries;
        var wanted = new Vector<ulong>(term);
        int copied = 0;
        for (; entries.Length >= Vector<ulong>.Count; entries = entries[Vector<ulong>.Count..])
        {
            if (Vector.EqualsAny(new Vector<ulong>(entries) >>> TermShift, wanted))
            {
                copied += CopyTo(term, entries[..Vector<ulong>.Count], postings[copied..]);
            }
        }

        return copied + CopyTo(term, entries, postings[copied..]);
    }

    /// <summary>Whether one of the chunks from the first to before the end has the term. They are in the chunks' order.</summary>
    public bool HasAny(uint term, int first, int end)
    {
        int low = 0;
        for (int high = Length; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = PostingAt(middle).Chunk < first ? (middle + 1, high) : (low, middle);
        }

        for (; low < Length && PostingAt(low).Chunk < end; low++)
        {
            if ((uint)(_entries[low] >> TermShift) == term)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Orders them by term; those of one term stay in the order in which they were added.</summary>
    public void SortByTerm()
    {
        if (Length < ShortestRadix)
        {
            // They were added in the order of their chunks, which are the next lower digits.
            _entries.AsSpan(0, Length).Sort();
            return;
        }

        ulong[] sorted = ArrayPool<ulong>.Shared.Rent(Length);
        Span<int> places = stackalloc int[1 << DigitBits];
        for (int shift = TermShift; shift < 64; shift += DigitBits)
        {
            SortByDigit(_entries.AsSpan(0, Length), sorted, shift, places);
            (_entries, sorted) = (sorted, _entries);
        }

        ArrayPool<ulong>.Shared.Return(sorted);
    }

    /// <summary>Empties it and gives back what it held.</summary>
    public void Clear()
    {
        Length = 0;
        Move([]);
    }

    private static int CopyTo(uint term, ReadOnlySpan<ulong> entries, Span<Posting> postings)
    {
        int copied = 0;
        foreach (ulong entry in entries)
        {
            if ((uint)(entry >> TermShift) == term)
            {
                postings[copied++] = new Posting((uint)entry);
            }
        }

        return copied;
    }

    private Posting PostingAt(int place) => new((uint)_entries[place]);

    // Optimised at once: a scope of 100,000 turns may be the first thing that a process is asked for.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortByDigit(ReadOnlySpan<ulong> entries, Span<ulong> sorted, int shift, Span<int> places)
    {
        const int Mask = (1 << DigitBits) - 1;
        places.Clear();
        foreach (ulong entry in entries)
        {
            places[(int)(entry >> shift) & Mask]++;
        }

        int place = 0;
        foreach (ref int count in places)
        {
            (count, place) = (place, place + count);
        }

        foreach (ulong entry in entries)
        {
            sorted[places[(int)(entry >> shift) & Mask]++] = entry;
        }
    }

    private void MakeRoom(int more)
    {
        if (Length + more > _entries.Length)
        {
            Move(ArrayPool<ulong>.Shared.Rent(Math.Max(Math.Max(16, 2 * Length), Length + more)));
        }
    }

    private void Move(ulong[] entries)
    {
        Entries.CopyTo(entries);
        if (_entries.Length > 0)
        {
            ArrayPool<ulong>.Shared.Return(_entries);
        }

        _entries = entries;
    }
}
