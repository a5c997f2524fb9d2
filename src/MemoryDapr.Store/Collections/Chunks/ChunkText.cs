using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>A part of an item as the index has it.</summary>
/// <param name="Own">Its terms, separated by blanks, as often as they occur.</param>
/// <param name="Words">How many words it has, stop words included.</param>
/// <param name="Traits">What it names and asks.</param>
internal readonly record struct ChunkText(string Own, int Words, ItemTraits Traits)
{
    /// <summary>An item's parts, at least one.</summary>
    public static IReadOnlyList<ChunkText> Of(MemoryItem item)
    {
        var chunks = new List<ChunkText>(1);
        string text = IndexedText.Of(item);
        foreach (Range range in TextChunks.Split(text))
        {
            var terms = new TermText();
            int words = chunks.Count == 0 ? TermAnalyzer.Analyze(ItemHeader.Of(item), ref terms) : 0;
            words += TermAnalyzer.Analyze(text.AsSpan(range), ref terms);
            chunks.Add(new ChunkText(terms.ToString(), words, ItemTraits.Of(text[range])));
        }

        return chunks;
    }
}
