namespace MemoryDapr.Distill.Rules;

/// <summary>Makes a verb that followed "I" or "you" agree with a name: "love" → "loves", "went" → "went".</summary>
internal static class EnglishVerb
{
    /// <summary>The third person singular of a form of the first or second person.</summary>
    public static string ThirdPerson(string verb)
    {
        string lower = verb.ToLowerInvariant().Replace('’', '\'');
        return lower switch
        {
            "am" or "are" => "is",
            "were" => "was",
            "aren't" => "isn't",
            "weren't" => "wasn't",
            "have" => "has",
            "haven't" => "hasn't",
            "do" => "does",
            "don't" => "doesn't",
            "is" or "was" or "has" or "does" or "isn't" or "wasn't" or "hasn't" or "doesn't" => verb,
            "gotta" => "has to",
            "wanna" => "wants to",
            _ when EnglishWords.Unchanging.Contains(lower) || IsPast(lower) || !lower.All(char.IsAsciiLetterLower) => verb,
            _ when lower.Length > 2 && lower[^1] == 'y' && !"aeiou".Contains(lower[^2], StringComparison.Ordinal) => verb[..^1] + "ies",
            _ => verb + Ending(lower),
        };
    }

    /// <summary>Whether a sentence that begins with the word has left out who did it: "went", "finished", "can't".</summary>
    public static bool IsPastOrModal(string word)
    {
        string lower = word.ToLowerInvariant().Replace('’', '\'');
        return EnglishWords.Unchanging.Contains(lower) || (lower.Length > 4 && IsPast(lower));
    }

    /// <summary>Whether a sentence that begins with the word has left out who does or is it: "appreciate", "looking".</summary>
    public static bool IsElidedPresent(string word) => EnglishWords.ElidedBeing.Contains(word) || EnglishWords.ElidedDoing.Contains(word);

    /// <summary>Whether "am" was left out before the word: "excited", "looking".</summary>
    public static bool IsAfterBeing(string word) => EnglishWords.Feelings.Contains(word) || EnglishWords.ElidedBeing.Contains(word);

    private static bool IsPast(string verb) =>
        verb.EndsWith("ed", StringComparison.Ordinal) && !EnglishWords.PresentInEd.Contains(verb);

    private static string Ending(string verb) =>
        verb.EndsWith('s') || verb.EndsWith('x') || verb.EndsWith('z') || verb.EndsWith('o')
        || verb.EndsWith("sh", StringComparison.Ordinal) || verb.EndsWith("ch", StringComparison.Ordinal)
            ? "es"
            : "s";
}
