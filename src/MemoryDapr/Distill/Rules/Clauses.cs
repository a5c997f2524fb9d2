using System.Text.RegularExpressions;

namespace MemoryDapr.Distill.Rules;

/// <summary>Tells a whole English sentence from a fragment such as "A black dress that I can play in".</summary>
internal static partial class Clauses
{
    /// <summary>
    /// Whether the words hold a verb of their own, one outside a clause that only describes a noun. Doubtful words count as verbs: a
    /// fragment taken for a sentence does less harm than the reverse.
    /// </summary>
    public static bool HasVerb(string sentence)
    {
        // Word by word, for the verb is mostly the second or third: each with its neighbours, "" where there is none.
        var clause = new Clause();
        string before = "";
        string word = "";
        foreach (ValueMatch match in Word().EnumerateMatches(sentence))
        {
            string next = sentence.Substring(match.Index, match.Length).ToLowerInvariant().Replace('’', '\'');
            if (word.Length > 0 && clause.EndsWithVerb(before, word, next))
            {
                return true;
            }

            before = word;
            word = next;
        }

        return (word.Length > 0 && clause.EndsWithVerb(before, word, "")) || clause.Groups > 1;
    }

    /// <summary>Whether the first word says who or what does it, so that it is no order.</summary>
    public static bool BeginsWithSubject(string sentence) => Subject().IsMatch(sentence);

    private static bool IsVerb(string before, string word, string next)
    {
        if (EnglishWords.Auxiliaries.Contains(word) || IsContracted(word, next) || before is "i" or "we" or "they" or "he" or "she")
        {
            return true;
        }

        if (EnglishWords.Determiners.Contains(before) || before.EndsWith("'s", StringComparison.Ordinal))
        {
            return false;
        }

        return EnglishWords.Unchanging.Contains(word)
            || EnglishWords.Verbs.Contains(word)
            || (word.Length > 4 && word.EndsWith("ed", StringComparison.Ordinal))
            || (before.Length > 0 && IsThirdPerson(before, word, next));
    }

    private static bool IsContracted(string word, string next)
    {
        int apostrophe = word.IndexOf('\'', StringComparison.Ordinal);
        return apostrophe > 0
            && (word.EndsWith("n't", StringComparison.Ordinal)
                || word[(apostrophe + 1)..] is "m" or "re" or "ve" or "ll" or "d"
                || (word.EndsWith("'s", StringComparison.Ordinal) && (EnglishWords.Empty.Contains(word[..apostrophe]) || next is "a" or "an" or "the" or "about" or "all" or "such" or "so" or "not" or "been")));
    }

    /// <summary>"closes at six": a word in -s with what follows a verb, or one of a known verb.</summary>
    private static bool IsThirdPerson(string before, string word, string next) =>
        word.Length > 3
        && word.EndsWith('s')
        && !word.EndsWith("ss", StringComparison.Ordinal)
        && !word.Contains('\'', StringComparison.Ordinal)
        && (EnglishWords.Verbs.Contains(word[..^1]) || (word.EndsWith("es", StringComparison.Ordinal) && EnglishWords.Verbs.Contains(word[..^2]))
            || word.EndsWith("izes", StringComparison.Ordinal) || word.EndsWith("ifies", StringComparison.Ordinal) || EnglishWords.IsAdverb(before)
            || EnglishWords.Determiners.Contains(next) || next is "at" or "to" or "me" or "us" or "you" or "him" or "them" or "it" or "up" or "out");

    /// <summary>What of a sentence is read so far.</summary>
    private struct Clause
    {
        private bool _isDescribing;
        private bool _isInGroup;

        /// <summary>Runs of verbs.</summary>
        public int Groups { get; private set; }

        /// <summary>Reads the next word; true if it is a verb of the sentence's own.</summary>
        public bool EndsWithVerb(string before, string word, string next)
        {
            _isDescribing |= before.Length > 0 && EnglishWords.Relatives.Contains(word);
            bool isVerb = IsVerb(before, word, next);
            Groups += isVerb && !_isInGroup ? 1 : 0;
            _isInGroup = isVerb || (_isInGroup && EnglishWords.IsAdverb(word));
            return isVerb && !_isDescribing;
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’]\p{L}+)*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(
        @"^(?:I|we|you|he|she|it|they|my|our|your|his|her|its|their|the|a|an|this|that|these|those|there)(?:['’]\w+)?\s",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Subject();
}
