using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace MemoryDapr.Distill.Rules;

/// <summary>What a text is about: its words that carry meaning, and the runs in which they stand.</summary>
internal static partial class KeyPhrases
{
    private const int LongestPhrase = 3;

    /// <summary>From here on lie the scripts of Chinese, Japanese and Korean.</summary>
    private const char FirstUnspacedScript = '\u2E80';

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Empty = EnglishWords.Empty.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Adverbs = EnglishWords.Adverbs.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many different words of the text carry meaning.</summary>
    public static int CountContentWords(string text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (ValueMatch match in Word().EnumerateMatches(text))
        {
            ReadOnlySpan<char> word = text.AsSpan(match.Index, match.Length);
            if (IsContent(word))
            {
                known.Add(word);
            }
        }

        return words.Count;
    }

    /// <summary>How often each word that carries meaning occurs, in lower case, plurals and singulars as one.</summary>
    public static Dictionary<string, int> CountTerms(string text)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ValueMatch match in Word().EnumerateMatches(text))
        {
            ReadOnlySpan<char> word = text.AsSpan(match.Index, match.Length);
            if (word[0] >= FirstUnspacedScript)
            {
                CountPairs(word, counts);
            }
            else if (IsContent(word))
            {
                Count(Fold(word.ToString()), counts);
            }
        }

        return counts;
    }

    /// <summary>Scripts without spaces give whole clauses for words: their pairs of characters are the terms.</summary>
    private static void CountPairs(ReadOnlySpan<char> word, Dictionary<string, int> counts)
    {
        for (int start = 0; start < Math.Max(1, word.Length - 1); start++)
        {
            Count(word.Slice(start, Math.Min(2, word.Length - start)).ToString(), counts);
        }
    }

    private static void Count(string term, Dictionary<string, int> counts) => counts[term] = counts.GetValueOrDefault(term) + 1;

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

    private static List<List<string>> Runs(string text, IReadOnlyCollection<string> leftOut)
    {
        var runs = new List<List<string>>();
        var run = new List<string>();
        foreach (ValueMatch match in WordOrBreak().EnumerateMatches(text))
        {
            ReadOnlySpan<char> token = text.AsSpan(match.Index, match.Length);
            if (char.IsLetter(token[0]) && IsContent(token) && !BeginsAny(leftOut, token))
            {
                run.Add(token.ToString());
            }
            else if (run.Count > 0)
            {
                runs.Add(run);
                run = [];
            }
        }

        if (run.Count > 0)
        {
            runs.Add(run);
        }

        return runs;
    }

    private static bool BeginsAny(IReadOnlyCollection<string> names, ReadOnlySpan<char> token)
    {
        foreach (string name in names)
        {
            if (name.AsSpan().StartsWith(token, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the word carries no topic, also where something is contracted to it: "it'll".</summary>
    public static bool IsEmpty(ReadOnlySpan<char> word)
    {
        ReadOnlySpan<char> plain = word.Contains('’') ? word.ToString().Replace('’', '\'') : word;
        int apostrophe = plain.IndexOf('\'');
        return Empty.Contains(plain) || (apostrophe > 0 && Empty.Contains(plain[..apostrophe]));
    }

    private static bool IsContent(ReadOnlySpan<char> word) => word.Length > 2 && !IsEmpty(word) && !Adverbs.Contains(word);

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
