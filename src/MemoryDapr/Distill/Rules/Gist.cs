using System.Buffers;
using System.Globalization;
using System.Text;

namespace MemoryDapr.Distill.Rules;

/// <summary>
/// Shortens a sentence of a language that the rules cannot retell. In every language the shortest words are mostly the ones without a
/// meaning of their own; names, numbers and long words stay, in their order.
/// </summary>
internal static class Gist
{
    /// <summary>The share of a sentence that stays at most.</summary>
    private const double Kept = 0.8;

    /// <summary>A word of more characters has a meaning of its own.</summary>
    private const int LongestParticle = 5;

    /// <summary>Particles, pronouns and measure words of Chinese and Japanese that stand as one character.</summary>
    private static readonly SearchValues<char> Particles = SearchValues.Create("的了是在我你您他她它们着过吗呢吧啊呀也都就很和与把被一个はがをにのでとへもよねわ");

    /// <summary>The sentence without some of its words; never the whole of it.</summary>
    public static string Of(string sentence)
    {
        int space = sentence.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? WithoutParticles(sentence) : WithoutShortWords(sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string WithoutShortWords(string[] words)
    {
        int length = words.Sum(word => word.Length);
        int excess = length - (int)(length * Kept);
        var left = new HashSet<int>();
        foreach (int index in Enumerable.Range(0, words.Length).Where(index => IsParticle(words, index)).OrderBy(index => words[index].Length))
        {
            if (excess > 0)
            {
                left.Add(index);
                excess -= words[index].Length;
            }
        }

        string[] kept = [.. words.Where((_, index) => !left.Contains(index))];
        return left.Count > 0 ? string.Join(' ', kept) : Cut(string.Join(' ', words));
    }

    /// <summary>A capital at the beginning is no name's.</summary>
    private static bool IsParticle(string[] words, int index) =>
        words[index].Length <= LongestParticle
        && words[index].All(character => char.IsLetter(character) || character is '\'' or '’')
        && (index == 0 || !char.IsUpper(words[index][0]));

    private static string WithoutParticles(string sentence)
    {
        var text = new StringBuilder(sentence.Length);
        foreach (char character in sentence)
        {
            if (!Particles.Contains(character))
            {
                text.Append(character);
            }
        }

        return text.Length < sentence.Length && text.Length * 2 > sentence.Length ? text.ToString() : Cut(sentence);
    }

    /// <summary>Where no word can be spared, the end is, at the border of a character as it is read.</summary>
    private static string Cut(string sentence)
    {
        int limit = (int)(sentence.Length * Kept);
        int[] borders = StringInfo.ParseCombiningCharacters(sentence);
        int space = sentence.LastIndexOf(' ', limit);
        int cut = space > limit / 2 ? space : borders.LastOrDefault(border => border <= limit);
        return sentence[..cut].TrimEnd() + "…";
    }
}
