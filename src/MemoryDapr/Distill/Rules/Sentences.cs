using System.Text.RegularExpressions;

namespace MemoryDapr.Distill.Rules;

/// <summary>Splits what was said into sentences, in any script; code and quoted blocks are left out.</summary>
internal static partial class Sentences
{
    /// <summary>What follows these is no new sentence.</summary>
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "e.g", "i.e", "etc", "a.m", "p.m", "u.s", "approx", "dept", "jr", "sr",
    };

    /// <summary>The sentences in order, at most <paramref name="limit"/>, trimmed, none empty.</summary>
    public static IReadOnlyList<string> Split(string text, int limit)
    {
        var sentences = new List<string>();
        foreach (string line in CodeBlock().Replace(text, "\n").Split('\n'))
        {
            int start = 0;
            foreach (ValueMatch end in SentenceEnd().EnumerateMatches(line))
            {
                int stop = end.Index + end.Length;
                if (!IsAbbreviation(line.AsSpan(start, end.Index - start), line.AsSpan(end.Index, end.Length)))
                {
                    Add(sentences, line[start..stop]);
                    start = stop;
                }
            }

            Add(sentences, line[start..]);
            if (sentences.Count >= limit)
            {
                return sentences[..limit];
            }
        }

        return sentences;
    }

    /// <summary>Whether a sentence asks, in any script.</summary>
    public static bool IsQuestion(string sentence) => sentence.AsSpan().TrimEnd(" \"')”’»!").EndsWithAny('?', '？', '؟');

    private static bool EndsWithAny(this ReadOnlySpan<char> text, char first, char second, char third) =>
        text.Length > 0 && (text[^1] == first || text[^1] == second || text[^1] == third);

    private static void Add(List<string> sentences, string sentence)
    {
        string trimmed = ListMark().Replace(sentence.Trim(), "");
        if (trimmed.Any(char.IsLetterOrDigit))
        {
            sentences.Add(trimmed);
        }
    }

    private static bool IsAbbreviation(ReadOnlySpan<char> before, ReadOnlySpan<char> end)
    {
        if (!end.StartsWith('.') || end.StartsWith(".."))
        {
            return false;
        }

        int word = before.LastIndexOfAny(" (\"") + 1;
        ReadOnlySpan<char> last = before[word..];
        bool isInitial = last.Length == 1 && char.IsAsciiLetterUpper(last[0]) && last[0] != 'I';
        return isInitial || Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(last);
    }

    [GeneratedRegex(@"[.!?…]+[""'”’)\]]*(?=\s|$)|[。！？؟۔｡]+[」』”）]*|[!?]+(?=\p{L})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"```.*?(```|\z)", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^(?:[-*•>#]+|\d{1,2}[.)])\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ListMark();
}
