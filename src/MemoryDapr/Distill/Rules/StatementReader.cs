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
    private const double ReminderWeight = 3;
    private const double AnaphorLoss = 1.5;
    private const double FragmentLoss = 2;
    private const double OrderLoss = 3;

    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(",;:，；、،");

    /// <summary>The turn's statements in order.</summary>
    /// <param name="content">What was said, without pasted memories.</param>
    /// <param name="voice">Who says it.</param>
    /// <param name="names">The names of who takes part.</param>
    /// <param name="at">When it was said.</param>
    /// <param name="turnIndex">Which turn of the run it is.</param>
    /// <param name="isEnglish">Whether it is English.</param>
    /// <param name="askedAbout">Who "he" or "she" is at its beginning, where the turn before asked about somebody.</param>
    public static IReadOnlyList<Statement> Read(
        string content, Voice voice, IReadOnlyCollection<string> names, DateTimeOffset at, int turnIndex, bool isEnglish, string? askedAbout)
    {
        var statements = new List<Statement>();
        string spoken = ReadImages(askedAbout is null || !isEnglish ? content : HeOrShe().Replace(content, askedAbout), out IReadOnlyList<string> images);
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

    /// <summary>The words in a sentence that have a capital although they do not begin it.</summary>
    public static IEnumerable<string> NamesWithin(string sentence) => InnerName().Matches(sentence).Select(match => match.Value);

    private static Statement? ReadEnglish(
        string sentence, Voice voice, IReadOnlyCollection<string> names, DateTimeOffset at, int turnIndex)
    {
        bool isReminder = Requests.TryReadReminder(SmallTalk.Remove(sentence, names), out string stated);
        if (!isReminder && Sentences.IsQuestion(sentence))
        {
            return null;
        }

        string said = Shorten(SmallTalk.Remove(stated, names)).TrimEnd('.', '!', '…', ' ', ',', ';', ':', '-');
        int content = KeyPhrases.CountContentWords(said);
        string dated = RelativeDates.Annotate(said, at);
        bool isDated = dated.Length != said.Length || MonthName().IsMatch(said);
        bool isNumbered = said.Any(char.IsDigit);
        if (content == 0 && !isDated && !isNumbered)
        {
            return null;
        }

        double weight = content
            + (isReminder ? ReminderWeight : 0)
            + (isDated ? DateWeight : 0)
            + (isNumbered ? NumberWeight : 0)
            + (InnerName().IsMatch(said) ? NameWeight : 0);
        if (Requests.TryReadOrder(dated, out string order, out bool isPolite))
        {
            return new Statement(TellOrder(order, isPolite, voice), turnIndex, weight - OrderLoss, false);
        }

        string first = FirstWord().Match(dated).Value;
        bool isElided = IsElided(first, dated);
        if (!isElided && !Clauses.HasVerb(dated))
        {
            return content < 2 ? null : new Statement(TellFragment(dated, first, voice), turnIndex, weight - FragmentLoss, false);
        }

        bool isNoStatement = EnglishWords.Imperatives.Contains(first);
        bool isAnaphoric = Anaphor().IsMatch(first);
        bool isFirstHand = FirstPerson().IsMatch(first) || (!isAnaphoric && SubjectSoon().IsMatch(dated));
        string whole = isElided ? $"I {(EnglishVerb.IsAfterBeing(first) ? "am " : "")}{Uncapitalise(dated, first)}" : dated;
        string retold = ThirdPerson.Retell(whole, voice, isSpeakerNamed: !isFirstHand && !isElided);
        string text = isFirstHand || isElided
            ? $"{char.ToUpperInvariant(retold[0])}{retold[1..]}."
            : $"{voice.SpeakerAtStart} said {Uncapitalise(retold, first)}.";
        bool isFact = !isNoStatement && !voice.IsAssistant && !Somebody().IsMatch(first) && (isFirstHand || isElided
            ? content >= 2 || ((isDated || isNumbered || isReminder) && content >= 1)
            : content >= (isReminder ? 1 : isAnaphoric && !isDated ? 6 : 3));
        return new Statement(
            text,
            turnIndex,
            weight + (isFirstHand || isElided ? FirstHandWeight : 0) - (isAnaphoric ? AnaphorLoss : 0) - (isNoStatement ? OrderLoss : 0),
            isFact);
    }

    /// <summary>"Don't forget the tickets" → "Ann told Bob not to forget the tickets."</summary>
    private static string TellOrder(string order, bool isPolite, Voice voice)
    {
        bool isForbidden = Forbidden().IsMatch(order);
        string verb = isForbidden ? Forbidden().Replace(order, "") : char.ToLowerInvariant(order[0]) + order[1..];
        string retold = ThirdPerson.Retell(verb, voice, isSpeakerNamed: true, isAddresseeNamed: true);
        return $"{voice.SpeakerAtStart} {(isPolite ? "asked" : "told")} {voice.Addressee} {(isForbidden ? "not " : "")}to {retold}.";
    }

    /// <summary>What has no verb is no statement; it is only said that it came up.</summary>
    private static string TellFragment(string fragment, string first, Voice voice)
    {
        string retold = Uncapitalise(ThirdPerson.Retell(fragment, voice, isSpeakerNamed: true), first);
        return $"{voice.SpeakerAtStart} mentioned{(EnglishWords.Determiners.Contains(first) ? "" : ":")} {retold}.";
    }

    private static Statement? ReadOther(string sentence, Voice voice, DateTimeOffset at, int turnIndex)
    {
        int letters = sentence.Count(char.IsLetter);
        bool hasSpaces = sentence.Contains(' ', StringComparison.Ordinal);
        if (Sentences.IsQuestion(sentence) || letters < (hasSpaces ? 12 : 5))
        {
            return null;
        }

        string source = $"{voice.SpeakerAtStart} ({DateSpan.Day(DateOnly.FromDateTime(at.UtcDateTime)).Label}): ";
        string quoted = Shorten(sentence);
        double weight = (letters / (hasSpaces ? 8.0 : 3.0)) + (sentence.Any(char.IsDigit) ? NumberWeight : 0);
        return new Statement(source + quoted, turnIndex, Math.Min(weight, 12), !voice.IsAssistant) { Gist = source + Gist.Of(quoted) };
    }

    /// <summary>"Went to the beach", "looking forward to it": the speaker left out that it was them.</summary>
    private static bool IsElided(string first, string sentence) =>
        first.Length > 0
        && (EnglishVerb.IsPastOrModal(first) || EnglishVerb.IsElidedPresent(first))
        && sentence.Length > first.Length
        && !sentence.StartsWith("used ", StringComparison.OrdinalIgnoreCase);

    /// <summary>A capital goes only where the word is one that is never a name.</summary>
    private static string Uncapitalise(string text, string first) =>
        text.StartsWith(first, StringComparison.Ordinal) && (KeyPhrases.IsEmpty(first) || first.EndsWith("ing", StringComparison.Ordinal) || EnglishVerb.IsPastOrModal(first) || EnglishVerb.IsElidedPresent(first))
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

    [GeneratedRegex(@"^(?:he|she)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HeOrShe();

    /// <summary>Who is meant is known from what was said before, which a fact has not.</summary>
    [GeneratedRegex(@"^(?:he|she|they|him|her|his|them|their)(?:['’]\w+)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Somebody();

    [GeneratedRegex(@"^(?:don['’]t|do not|never)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"(?<=[\p{L}\p{N},]\s)(?!I\b)\p{Lu}\p{L}+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InnerName();

    [GeneratedRegex(
        @"\b(?:january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex MonthName();
}
