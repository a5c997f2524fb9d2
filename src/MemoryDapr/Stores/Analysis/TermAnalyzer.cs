using System.Buffers;
using System.Text;

namespace MemoryDapr.Stores.Analysis;

/// <summary>
/// From text to the terms that indexes and queries share. Language by language no configuration is needed: stems, irregular forms and
/// stop words act on words of a–z only, scripts without spaces become pairs of characters.
/// </summary>
internal static class TermAnalyzer
{
    /// <summary>Raised whenever the same text would give other terms: stores that keep terms index again.</summary>
    public const int Version = 1;

    /// <summary>Characters of a word that count. What is longer is no word, and its end tells no more.</summary>
    private const int MaxWordLength = 64;

    private const int MaxFoldedLength = 256;

    private static readonly SearchValues<char> Latin = SearchValues.Create("abcdefghijklmnopqrstuvwxyz");

    /// <summary>Gives the sink every term of the text, stop words left out, and answers how many words it has, stop words included.</summary>
    public static int Analyze<TSink>(ReadOnlySpan<char> text, ref TSink sink, AnalysisFeatures features = AnalysisFeatures.All)
        where TSink : ITermSink
    {
        int words = 0;
        Span<char> buffer = stackalloc char[MaxFoldedLength];
        foreach (Word word in new WordEnumerator(text))
        {
            ReadOnlySpan<char> surface = text.Slice(word.Start, word.Length);
            if (word.Class == WordClass.Dense)
            {
                words += AddPairs(surface, buffer, ref sink);
                continue;
            }

            words++;
            ReadOnlySpan<char> term = SurfaceToTerm(ToSurface(surface, buffer), buffer, features);
            if (!term.IsEmpty)
            {
                sink.Add(term);
            }
        }

        return words;
    }

    /// <summary>Folds a word and cuts what grammar glued to it: "Caroline's" and "CAROLINE" are both "caroline".</summary>
    public static Span<char> ToSurface(ReadOnlySpan<char> word, Span<char> buffer)
    {
        int length = CharacterFolding.Fold(word[..Math.Min(word.Length, MaxWordLength)], buffer);
        Span<char> folded = buffer[..length];
        folded.Replace('\u2019', '\'');
        int apostrophe = folded.IndexOf('\'');
        if (apostrophe < 0)
        {
            return folded;
        }

        // "l'amour", "o'clock" against "Caroline's", "they'll", "don't".
        Span<char> tail = folded[(apostrophe + 1)..];
        return apostrophe <= 2 && tail.Length > 2 ? tail : folded[..apostrophe];
    }

    /// <summary>The term of a surface, which may lie in <paramref name="buffer"/>; empty for a stop word.</summary>
    public static ReadOnlySpan<char> SurfaceToTerm(
        ReadOnlySpan<char> surface, Span<char> buffer, AnalysisFeatures features = AnalysisFeatures.All)
    {
        if (surface.ContainsAnyExcept(Latin))
        {
            return surface;
        }

        if ((features & AnalysisFeatures.StopWords) != 0 && StopWords.Contains(surface))
        {
            return [];
        }

        ReadOnlySpan<char> basis = (features & AnalysisFeatures.IrregularForms) != 0 ? IrregularForms.BaseOf(surface) : surface;
        Span<char> stem = buffer[..basis.Length];
        basis.CopyTo(stem);
        return (features & AnalysisFeatures.Stems) != 0 ? stem[..PorterStemmer.Stem(stem)] : stem;
    }

    // Single Han characters are words too often to do without; a kana or Thai character alone means nothing.
    private static int AddPairs<TSink>(ReadOnlySpan<char> run, Span<char> buffer, ref TSink sink)
        where TSink : ITermSink
    {
        string folded = CharacterFolding.Fold(run);
        int terms = 0;
        int previous = -1;
        for (int i = 0; i < folded.Length;)
        {
            int length = LengthOfCharacter(folded, i);
            if (previous >= 0)
            {
                sink.Add(folded.AsSpan(previous, i + length - previous));
                terms++;
            }

            if (length == folded.Length || IsHan(folded, i))
            {
                sink.Add(folded.AsSpan(i, length));
                terms += length == folded.Length ? 1 : 0;
            }

            previous = i;
            i += length;
        }

        return terms;
    }

    // A character with the marks that follow it.
    private static int LengthOfCharacter(string text, int start)
    {
        int length = char.IsSurrogatePair(text, start) ? 2 : 1;
        while (start + length < text.Length && char.GetUnicodeCategory(text, start + length)
            is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark)
        {
            length++;
        }

        return length;
    }

    private static bool IsHan(string text, int index)
    {
        int code = Rune.TryGetRuneAt(text, index, out Rune rune) ? rune.Value : 0;
        return code is (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
    }
}
