using System.Buffers;
using MemoryDapr.Stores.Analysis;

namespace MemoryDapr.Recall.Ranking;

/// <summary>
/// Long texts in parts of about 60 words that end where a sentence ends. A part is what a question matches: of a whole long message
/// most is about something else. Nothing for short turns; with the first-person bonus, 21 to 49 points of recall@10 where messages
/// run to hundreds of words.
/// </summary>
internal static class TextChunks
{
    private const int Words = 60;

    /// <summary>Where a part ends even inside a sentence: a list without a full stop must not be one part.</summary>
    private const int MostWords = 100;

    /// <summary>A rest shorter than this belongs to the part before: so short a part would win by its length.</summary>
    private const int FewestWords = 20;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?。！？؟\n");

    /// <summary>The parts, as ranges of the text, in order: at least one.</summary>
    public static IReadOnlyList<Range> Split(string text)
    {
        var chunks = new List<Range>();
        int start = 0;
        int end = 0;
        int words = 0;
        foreach (Word word in new WordEnumerator(text))
        {
            if (words >= MostWords || (words >= Words && EndsSentence(text.AsSpan(end, word.Start - end))))
            {
                chunks.Add(start..word.Start);
                start = word.Start;
                words = 0;
            }

            end = word.Start + word.Length;
            words += word.Class == WordClass.Dense ? (word.Length + 1) / 2 : 1;
        }

        if (chunks.Count > 0 && words < FewestWords)
        {
            chunks[^1] = chunks[^1].Start..text.Length;
        }
        else
        {
            chunks.Add(start..text.Length);
        }

        return chunks;
    }

    private static bool EndsSentence(ReadOnlySpan<char> gap) => gap.ContainsAny(SentenceEnds);
}
