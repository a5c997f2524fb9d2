using System.Buffers;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Postings that are not in order yet: term, chunk and count in one number each, in a pooled array.</summary>
internal sealed class PostingTail
{
    private const int ShortestRadix = 2_048;
    private const int DigitBits = 11;

    private ulong[] _entries = [];

    public int Length { get; private set; }

    public long Bytes => 8L * _entries.Length;

    public ReadOnlySpan<ulong> Entries => _entries.AsSpan(0, Length);

    public void Add(uint term, uint posting)
    {
        if (Length == _entries.Length)
        {
            Move(ArrayPool<ulong>.Shared.Rent(Math.Max(16, 2 * Length)));
        }

        _entries[Length++] = ((ulong)term << 32) | posting;
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
        for (int shift = 32; shift < 64; shift += DigitBits)
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
