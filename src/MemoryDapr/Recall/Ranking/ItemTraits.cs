using System.Buffers;
using System.Text.RegularExpressions;

namespace MemoryDapr.Recall.Ranking;

/// <summary>What can be told of a text once, when it is indexed, and weighs in later whatever is asked.</summary>
/// <param name="QuestionShare">The share of the text that is questions, 0..1.</param>
/// <param name="NamesTime">Whether it names a time.</param>
/// <param name="NamesNumber">Whether it names a number.</param>
/// <param name="NamesName">Whether it has a capitalised word inside a sentence.</param>
internal readonly partial record struct ItemTraits(float QuestionShare, bool NamesTime, bool NamesNumber, bool NamesName)
{
    /// <summary>The traits of a text.</summary>
    public static ItemTraits Of(string text) =>
        new(ShareOfQuestions(text), HasTime(text), HasNumber(text), Name().IsMatch(text));

    // Most texts have none of the words, not even within another one, and looking for all of them at once is far cheaper than matching.
    private static readonly SearchValues<string> TimeWords = SearchValues.Create(
        [
            "yesterday", "today", "tonight", "tomorrow", "recently", "ago", "last", "next", "morning", "afternoon", "evening", "summer", "winter",
            "spring", "fall", "autumn", "day", "week", "month", "year", "january", "february", "march", "april", "may", "june", "july", "august",
            "september", "october", "november", "december",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> NumberWords = SearchValues.Create(
        [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen", "hundred", "thousand",
            "million", "once", "twice", "couple", "several", "few", "half",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static bool HasTime(string text) => (text.AsSpan().ContainsAny(TimeWords) || text.Any(char.IsDigit)) && Time().IsMatch(text);

    private static bool HasNumber(string text) => text.Any(char.IsDigit) || (text.AsSpan().ContainsAny(NumberWords) && Number().IsMatch(text));

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?。！？؟\n");

    private static float ShareOfQuestions(ReadOnlySpan<char> text)
    {
        int questions = 0;
        int total = 0;
        while (!text.IsEmpty)
        {
            int end = text.IndexOfAny(SentenceEnds);
            int length = end < 0 ? text.Length : end;
            bool isQuestion = end >= 0 && text[end] is '?' or '？' or '؟';
            total += length;
            questions += isQuestion ? length : 0;
            text = end < 0 ? [] : text[(end + 1)..];
        }

        return total == 0 ? 0 : (float)questions / total;
    }

    [GeneratedRegex(
        @"\b(?:yesterday|today|tonight|tomorrow|recently|ago|last|next|this (?:week|weekend|month|morning|afternoon|evening|summer|winter|spring|fall|autumn|year)"
            + @"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|(?:week|month|year|day)s?"
            + @"|january|february|march|april|june|july|august|september|october|november|december|(?:19|20)\d{2}|\d{1,2} ?(?:am|pm))\b|(?-i:\bMay\b)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Time();

    [GeneratedRegex(
        @"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|once|twice|couple|several|few|half)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    // Not the first word of a sentence, and not "I" or an abbreviated "OK".
    [GeneratedRegex(@"(?<=[\p{L}\p{N},;:)""'’] )""?(?!I\b|OK\b|I['’])\p{Lu}\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
