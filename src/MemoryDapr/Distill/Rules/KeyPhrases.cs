using System.Text.RegularExpressions;

namespace MemoryDapr.Distill.Rules;

/// <summary>What a text is about: its words that carry meaning, and the runs in which they stand.</summary>
internal static partial class KeyPhrases
{
    private const int LongestPhrase = 3;

    /// <summary>From here on lie the scripts of Chinese, Japanese and Korean.</summary>
    private const char FirstUnspacedScript = '\u2E80';

    /// <summary>How many different words of the text carry meaning.</summary>
    public static int CountContentWords(string text) =>
        Word().Matches(text).Select(word => word.Value).Where(IsContent).Distinct(StringComparer.OrdinalIgnoreCase).Count();

    /// <summary>How often each word that carries meaning occurs, in lower case, plurals and singulars as one.</summary>
    public static Dictionary<string, int> CountTerms(string text)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match word in Word().Matches(text))
        {
            foreach (string term in Terms(word.Value))
            {
                counts[term] = counts.GetValueOrDefault(term) + 1;
            }
        }

        return counts;
    }

    /// <summary>Scripts without spaces give whole clauses for words: their pairs of characters are the terms.</summary>
    private static IEnumerable<string> Terms(string word)
    {
        if (word[0] >= FirstUnspacedScript)
        {
            return Enumerable.Range(0, Math.Max(1, word.Length - 1)).Select(start => word.Substring(start, Math.Min(2, word.Length - start)));
        }

        return IsContent(word) ? [Fold(word)] : [];
    }

    /// <summary>The phrases that say best what the texts are about, the best first; none holds another's words.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="leftOut">Words that are no topic here: the names of who takes part.</param>
    /// <param name="count">How many at most.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> texts, IReadOnlyCollection<string> leftOut, int count)
    {
        var frequencies = new Dictionary<string, int>(StringComparer.Ordinal);
        var phrases = new Dictionary<string, (string Text, int Place)>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            foreach (List<string> run in Runs(text, leftOut))
            {
                foreach (string word in run)
                {
                    string term = Fold(word);
                    frequencies[term] = frequencies.GetValueOrDefault(term) + 1;
                }

                string phrase = string.Join(' ', run.Take(LongestPhrase));
                phrases.TryAdd(phrase.ToLowerInvariant(), (phrase, phrases.Count));
            }
        }

        var found = new List<string>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string text, _) in phrases.Values.OrderByDescending(phrase => Score(phrase.Text, frequencies)).ThenBy(phrase => phrase.Place))
        {
            string[] words = [.. text.Split(' ').Select(Fold)];
            if (found.Count < count && !used.Overlaps(words))
            {
                found.Add(text);
                used.UnionWith(words);
            }
        }

        return found;
    }

    /// <summary>A word twice said weighs more, a name or a second word more again.</summary>
    private static double Score(string phrase, Dictionary<string, int> frequencies)
    {
        string[] words = phrase.Split(' ');
        return words.Sum(word => Math.Sqrt(frequencies[Fold(word)]) + (char.IsUpper(word[0]) ? 0.5 : 0)) / Math.Sqrt(words.Length);
    }

    private static IEnumerable<List<string>> Runs(string text, IReadOnlyCollection<string> leftOut)
    {
        var run = new List<string>();
        foreach (Match token in WordOrBreak().Matches(text))
        {
            bool isPart = char.IsLetter(token.Value[0]) && IsContent(token.Value)
                && !leftOut.Any(name => name.StartsWith(token.Value, StringComparison.OrdinalIgnoreCase));
            if (isPart)
            {
                run.Add(token.Value);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    /// <summary>Whether the word carries no topic, also where something is contracted to it: "it'll".</summary>
    public static bool IsEmpty(string word)
    {
        string plain = word.Replace('’', '\'');
        int apostrophe = plain.IndexOf('\'', StringComparison.Ordinal);
        return EnglishWords.Empty.Contains(plain) || (apostrophe > 0 && EnglishWords.Empty.Contains(plain[..apostrophe]));
    }

    private static bool IsContent(string word) => word.Length > 2 && !IsEmpty(word) && !EnglishWords.Adverbs.Contains(word);

    private static string Fold(string word)
    {
        string lower = word.ToLowerInvariant();
        return lower.Length > 4 && lower.EndsWith('s') && !lower.EndsWith("ss", StringComparison.Ordinal) ? lower[..^1] : lower;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[^\p{L}\p{N}\s]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WordOrBreak();
}
