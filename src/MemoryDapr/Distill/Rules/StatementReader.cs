using System.Buffers;
using System.Text.RegularExpressions;

namespace MemoryDapr.Distill.Rules;

/// <summary>Reads what one turn states: retold where it is English, quoted with its speaker and day where it is not.</summary>
internal static partial class StatementReader
{
    private const int SentencesPerTurn = 60;
    private const int LongestSentence = 260;
    private const double NameWeight = 1;
    private const double NumberWeight = 1;
    private const double DateWeight = 1.5;
    private const double FirstHandWeight = 1.5;

    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(",;:，；、،");

    /// <summary>The turn's statements in order.</summary>
    /// <param name="content">What was said, without pasted memories.</param>
    /// <param name="voice">Who says it.</param>
    /// <param name="names">The names of who takes part.</param>
    /// <param name="at">When it was said.</param>
    /// <param name="turnIndex">Which turn of the run it is.</param>
    public static IReadOnlyList<Statement> Read(
        string content, Voice voice, IReadOnlyCollection<string> names, DateTimeOffset at, int turnIndex)
    {
        bool isEnglish = Language.IsEnglish(content);
        var statements = new List<Statement>();
        string spoken = ReadImages(content, out IReadOnlyList<string> images);
        foreach (string sentence in Sentences.Split(spoken, SentencesPerTurn))
        {
            Statement? statement = isEnglish
                ? ReadEnglish(sentence, voice, names, at, turnIndex)
                : ReadOther(sentence, voice, at, turnIndex);
            if (statement is not null)
            {
                statements.Add(statement);
            }
        }

        statements.AddRange(images.Select(image => new Statement($"{voice.SpeakerAtStart} shared an image: {image}.", turnIndex, 0.5, false)));
        return statements;
    }

    private static Statement? ReadEnglish(
        string sentence, Voice voice, IReadOnlyCollection<string> names, DateTimeOffset at, int turnIndex)
    {
        if (Sentences.IsQuestion(sentence))
        {
            return null;
        }

        string said = Shorten(SmallTalk.Remove(sentence, names)).TrimEnd('.', '!', '…', ' ', ',', ';', ':', '-');
        int content = KeyPhrases.CountContentWords(said);
        string dated = RelativeDates.Annotate(said, at);
        bool isDated = dated.Length != said.Length || MonthName().IsMatch(said);
        bool isNumbered = said.Any(char.IsDigit);
        if (content == 0 && !isDated && !isNumbered)
        {
            return null;
        }

        string first = FirstWord().Match(dated).Value;
        bool isOrder = EnglishWords.Imperatives.Contains(first);
        bool isAnaphoric = Anaphor().IsMatch(first);
        bool isFirstHand = FirstPerson().IsMatch(first) || (!isAnaphoric && SubjectSoon().IsMatch(dated));
        bool isElided = !isOrder && IsElided(first, dated);
        string retold = ThirdPerson.Retell(isElided ? $"I {(EnglishVerb.IsAdjective(first) ? "am " : "")}{Uncapitalise(dated, first)}" : dated, voice, isSpeakerNamed: !isFirstHand && !isElided);
        string text = isFirstHand || isElided
            ? $"{char.ToUpperInvariant(retold[0])}{retold[1..]}."
            : $"{voice.SpeakerAtStart} said {Uncapitalise(retold, first)}.";
        double weight = content
            + (isFirstHand || isElided ? FirstHandWeight : 0)
            + (isDated ? DateWeight : 0)
            + (isNumbered ? NumberWeight : 0)
            + (InnerName().IsMatch(said) ? NameWeight : 0)
            - (isAnaphoric ? 1.5 : 0)
            - (isOrder ? 3 : 0);
        bool isFact = !isOrder && !voice.IsAssistant && (isFirstHand || isElided
            ? content >= 2 || ((isDated || isNumbered) && content >= 1)
            : content >= (isAnaphoric && !isDated ? 6 : 3));
        return new Statement(text, turnIndex, weight, isFact);
    }

    private static Statement? ReadOther(string sentence, Voice voice, DateTimeOffset at, int turnIndex)
    {
        int letters = sentence.Count(char.IsLetter);
        bool hasSpaces = sentence.Contains(' ', StringComparison.Ordinal);
        if (Sentences.IsQuestion(sentence) || letters < (hasSpaces ? 12 : 5))
        {
            return null;
        }

        string text = $"{voice.SpeakerAtStart} ({DateSpan.Day(DateOnly.FromDateTime(at.UtcDateTime)).Label}): {Shorten(sentence)}";
        double weight = (letters / (hasSpaces ? 8.0 : 3.0)) + (sentence.Any(char.IsDigit) ? NumberWeight : 0);
        return new Statement(text, turnIndex, Math.Min(weight, 12), !voice.IsAssistant);
    }

    /// <summary>"Went to the beach": the speaker left out that it was them.</summary>
    private static bool IsElided(string first, string sentence) =>
        first.Length > 0
        && EnglishVerb.IsPastOrModal(first)
        && sentence.Length > first.Length
        && !sentence.StartsWith("used ", StringComparison.OrdinalIgnoreCase);

    /// <summary>A capital goes only where the word is one that is never a name.</summary>
    private static string Uncapitalise(string text, string first) =>
        text.StartsWith(first, StringComparison.Ordinal) && (KeyPhrases.IsEmpty(first) || first.EndsWith("ing", StringComparison.Ordinal) || EnglishVerb.IsPastOrModal(first))
            ? char.ToLowerInvariant(text[0]) + text[1..]
            : text;

    /// <summary>Cuts at the last clause that fits, or at a word.</summary>
    private static string Shorten(string sentence)
    {
        if (sentence.Length <= LongestSentence)
        {
            return sentence;
        }

        ReadOnlySpan<char> head = sentence.AsSpan(0, LongestSentence);
        int clause = Math.Max(head.LastIndexOfAny(ClauseEnds), Math.Max(head.LastIndexOf(" and "), head.LastIndexOf(" but ")));
        int cut = clause > LongestSentence / 2 ? clause : head.LastIndexOf(' ');
        cut = cut > 0 ? cut : char.IsHighSurrogate(head[^1]) ? LongestSentence - 1 : LongestSentence;
        return head[..cut].TrimEnd().ToString();
    }

    private static string ReadImages(string content, out IReadOnlyList<string> images)
    {
        images = [.. ImageCaption().Matches(content).Select(match => Shorten(match.Groups[1].Value.Trim()))];
        return images.Count == 0 ? content : ImageCaption().Replace(content, " ");
    }

    [GeneratedRegex(@"\[image:\s*([^\]]{3,1000})\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ImageCaption();

    [GeneratedRegex(@"^[\p{L}\p{N}'’]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"^(?:i|my|we|our)(?:['’]\w+)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FirstPerson();

    [GeneratedRegex(@"^(?:[^\s,]+,?\s+){1,6}?(?:I|we)(?:['’]\w+)?\s", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SubjectSoon();

    [GeneratedRegex(
        @"^(?:it|that|this|these|those|they|he|she|there|here|which|what|such)(?:['’]\w+)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Anaphor();

    [GeneratedRegex(@"(?<=[\p{L}\p{N},]\s)(?!I\b)\p{Lu}\p{L}+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InnerName();

    [GeneratedRegex(
        @"\b(?:january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex MonthName();
}
