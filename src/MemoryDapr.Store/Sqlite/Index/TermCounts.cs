using System.Runtime.InteropServices;
using MemoryDapr.Stores.Analysis;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>How often a chunk has each of its terms.</summary>
internal sealed class TermCounts : ITermSink
{
    private readonly List<uint> _terms = [];

    public void Add(ReadOnlySpan<char> term) => _terms.Add(TermHash.Of(term));

    /// <summary>Writes each term once, those that occur once without their count (nearly all), and begins anew.</summary>
    public void WriteTo(BinaryWriter writer)
    {
        Span<uint> terms = CollectionsMarshal.AsSpan(_terms);
        terms.Sort();
        WriteTerms(writer, terms, repeated: false);
        WriteTerms(writer, terms, repeated: true);
        _terms.Clear();
    }

    private static void WriteTerms(BinaryWriter writer, ReadOnlySpan<uint> terms, bool repeated)
    {
        writer.Write7BitEncodedInt(Count(terms, repeated));
        for (int start = 0; start < terms.Length;)
        {
            int count = RunAt(terms, start);
            if (count > 1 == repeated)
            {
                writer.Write(terms[start]);
                if (repeated)
                {
                    writer.Write((byte)Math.Min(count, Posting.MaxCount));
                }
            }

            start += count;
        }
    }

    private static int Count(ReadOnlySpan<uint> terms, bool repeated)
    {
        int distinct = 0;
        for (int start = 0; start < terms.Length;)
        {
            int count = RunAt(terms, start);
            distinct += count > 1 == repeated ? 1 : 0;
            start += count;
        }

        return distinct;
    }

    private static int RunAt(ReadOnlySpan<uint> terms, int start)
    {
        int end = start + 1;
        while (end < terms.Length && terms[end] == terms[start])
        {
            end++;
        }

        return end - start;
    }
}
