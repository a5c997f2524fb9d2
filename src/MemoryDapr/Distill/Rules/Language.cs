using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace MemoryDapr.Distill.Rules;

/// <summary>Tells English, which the rules can retell, from every other language, which they can only quote.</summary>
internal static partial class Language
{
    private static readonly FrozenSet<string> OtherMarks =
        """
        der die das und ist nicht ich ein eine mit auf für wir sie wird haben war le la les je est et une pas dans nous vous que qui au du des el los y
        una es por para yo muy il di che non sono un ho een het ik van niet en mijn o os uma não eu com jag och att det inte jeg og på
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the text is English as far as its letters and its small words tell; a text without either is taken for English.</summary>
    public static bool IsEnglish(string text)
    {
        int letters = 0;
        int foreign = 0;
        foreach (char character in text)
        {
            if (char.IsLetter(character))
            {
                letters++;
                foreign += char.IsAscii(character) ? 0 : 1;
            }
        }

        if (foreign * 8 > letters)
        {
            return false;
        }

        int english = 0;
        int other = 0;
        FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> englishMarks = EnglishWords.Marks.GetAlternateLookup<ReadOnlySpan<char>>();
        FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> otherMarks = OtherMarks.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (ValueMatch match in Word().EnumerateMatches(text))
        {
            ReadOnlySpan<char> word = text.AsSpan(match.Index, match.Length);
            english += englishMarks.Contains(word) ? 1 : 0;
            other += otherMarks.Contains(word) ? 1 : 0;
        }

        return other <= english || other == 0;
    }

    [GeneratedRegex(@"[\p{L}'’]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
