using System.Text;
using System.Text.RegularExpressions;

namespace MemoryDapr.Distill.Rules;

/// <summary>
/// Retells an English sentence with names for its pronouns: "I love my new job" → "Caroline loves her…" would need to know more than the
/// text says, so the second mention is "their". The first word of the result is as it stands in the middle of a sentence.
/// </summary>
internal sealed partial class ThirdPerson
{
    /// <summary>After these "you" is who something is done to.</summary>
    private static readonly HashSet<string> ObjectLeads = new(StringComparer.OrdinalIgnoreCase)
    {
        "to", "with", "for", "of", "from", "at", "about", "on", "by", "see", "seeing", "tell", "told", "telling", "love", "give", "gave", "show", "showed",
        "thank", "let", "help", "helps", "helped", "have", "having", "miss", "missed", "make", "makes", "made", "wish", "wishing", "ask", "asked", "meet",
        "met", "join", "support", "supporting", "hear", "call", "called", "send", "sent", "bring", "brought", "teach", "invite", "around", "behind", "keep", "keeps",
    };

    /// <summary>Before these "you" is no subject: they are not verbs.</summary>
    private static readonly HashSet<string> NotVerbs = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "my", "this", "that", "these", "those", "to", "for", "with", "in", "on", "at", "about", "and", "but", "or", "so", "too", "all",
        "how", "what", "many", "some", "more", "much", "when", "if", "because", "as", "by", "from", "of", "up", "out", "every", "any", "it", "i", "both",
    };

    /// <summary>Who belongs to one person and not to the next.</summary>
    private static readonly HashSet<string> Relatives = new(StringComparer.OrdinalIgnoreCase)
    {
        "brother", "brothers", "sister", "sisters", "mother", "mom", "mum", "father", "dad", "parents", "wife", "husband", "partner", "girlfriend", "boyfriend",
        "fiancé", "fiancée", "son", "sons", "daughter", "daughters", "kid", "kids", "children", "child", "baby", "grandmother", "grandma", "grandfather",
        "grandpa", "grandparents", "aunt", "uncle", "cousin", "niece", "nephew", "friend", "friends", "boss", "neighbour", "neighbor", "family", "dog", "cat",
    };

    private readonly Voice _voice;
    private readonly string[] _tokens;
    private readonly bool _isSpeakerSubject;
    private readonly StringBuilder _text = new();
    private bool _isSpeakerNamed;
    private bool _isAddresseeNamed;

    private ThirdPerson(string sentence, Voice voice, bool isSpeakerNamed, bool isAddresseeNamed)
    {
        _voice = voice;
        _tokens = ReadTokens(sentence);
        _isSpeakerNamed = isSpeakerNamed;
        _isAddresseeNamed = isAddresseeNamed;
        _isSpeakerSubject = !isSpeakerNamed && _tokens.Length > 0 && SplitContraction(_tokens[0]).Pronoun is "i" or "we";
    }

    /// <summary>
    /// The sentence retold. With <paramref name="isSpeakerNamed"/> the speaker's name stands before it already, with
    /// <paramref name="isAddresseeNamed"/> the listener's too.
    /// </summary>
    public static string Retell(string sentence, Voice voice, bool isSpeakerNamed, bool isAddresseeNamed = false) =>
        new ThirdPerson(sentence, voice, isSpeakerNamed, isAddresseeNamed).Retell();

    private string Retell()
    {
        for (int index = 0; index < _tokens.Length; index++)
        {
            string token = _tokens[index];
            (string pronoun, string rest) = IsCompoundAt(index) ? (token, "") : SplitContraction(token);
            switch (pronoun)
            {
                case "i":
                    Subject(index, rest, _voice.Speaker, ref _isSpeakerNamed, isPlural: false);
                    break;
                case "we":
                    Subject(index, rest, $"{_voice.Speaker} and others", ref _isSpeakerNamed, isPlural: true);
                    break;
                case "you" when rest.Length > 0 || IsSubjectAt(index):
                    Subject(index, rest, _voice.Addressee, ref _isAddresseeNamed, isPlural: _voice.Addressee == Voice.Others);
                    break;
                case "you":
                    Name(_voice.Addressee, "them", ref _isAddresseeNamed);
                    break;
                case "me" or "us":
                    Name(_voice.Speaker, "them", ref _isSpeakerNamed);
                    break;
                case "my" or "our" when _isSpeakerNamed && IsAmbiguousAt(index):
                    _text.Append(Possessive(_voice.Speaker));
                    break;
                case "my" or "mine" or "our" or "ours":
                    Name(Possessive(_voice.Speaker), pronoun is "my" or "our" ? "their" : "theirs", ref _isSpeakerNamed);
                    break;
                case "your" or "yours":
                    Name(Possessive(_voice.Addressee), pronoun is "your" ? "their" : "theirs", ref _isAddresseeNamed);
                    break;
                case "myself" or "ourselves" or "yourself" or "yourselves":
                    _text.Append("themselves");
                    break;
                default:
                    _text.Append(token);
                    break;
            }
        }

        return _text.ToString().Trim();
    }

    /// <summary>A subject: the name the first time, nothing after "and", otherwise "they"; the verb follows it.</summary>
    private void Subject(int index, string contracted, string name, ref bool isNamed, bool isPlural)
    {
        bool isDropped = isNamed && _isSpeakerSubject && name != _voice.Addressee && PreviousWord(index) is "and" or "but" or "or";
        bool isSingular = !isPlural && (!isNamed || isDropped);
        if (isDropped && _tokens.Length > index + 1)
        {
            TrimOneSpace();
        }
        else
        {
            _text.Append(isNamed ? "they" : name);
        }

        isNamed = true;
        string? verb = contracted switch
        {
            "m" or "re" => isSingular ? "is" : "are",
            "ve" => isSingular ? "has" : "have",
            "d" => "would",
            "ll" => "will",
            _ => null,
        };
        if (verb is not null)
        {
            _text.Append(' ').Append(verb);
        }
        else
        {
            Agree(index, isSingular);
        }
    }

    private void Agree(int subject, bool isSingular)
    {
        for (int index = subject + 1; index < _tokens.Length; index++)
        {
            string token = _tokens[index];
            if (token.Trim().Length == 0 || char.IsDigit(token[0]) || token == "%" || EnglishWords.IsAdverb(token))
            {
                continue;
            }

            if (char.IsLetter(token[0]))
            {
                _tokens[index] = isSingular ? EnglishVerb.ThirdPerson(token)
                    : token is "am" ? "are"
                    : token is "was" ? "were"
                    : token;
            }

            return;
        }
    }

    private void Name(string name, string pronoun, ref bool isNamed)
    {
        _text.Append(isNamed ? pronoun : name);
        isNamed = true;
    }

    /// <summary>"You" is a subject unless the word before or behind it says otherwise.</summary>
    private bool IsSubjectAt(int index)
    {
        string? previous = PreviousWord(index);
        string? next = _tokens.Skip(index + 1).FirstOrDefault(token => token.Trim().Length > 0);
        return (previous is null || !ObjectLeads.Contains(previous))
            && next is not null
            && char.IsLetter(next[0])
            && (previous is null || !NotVerbs.Contains(next));
    }

    /// <summary>Whether "their" could be somebody else's: where a clause begins, and with relatives unless the speaker is who acts.</summary>
    private bool IsAmbiguousAt(int index)
    {
        int before = index - 1;
        while (before >= 0 && string.IsNullOrWhiteSpace(_tokens[before]))
        {
            before--;
        }

        bool isClauseStart = before >= 0 && _tokens[before].ToLowerInvariant() is "," or ";" or ":" or "-" or "–" or "—" or "but" or "because" or "so" or "while" or "since";
        string? owned = _tokens.Skip(index + 1).FirstOrDefault(token => token.Trim().Length > 0);
        return isClauseStart || (!_isSpeakerSubject && owned is not null && Relatives.Contains(owned));
    }

    /// <summary>A part of a hyphenated word, as in "me-time", is no pronoun.</summary>
    private bool IsCompoundAt(int index) =>
        (index + 1 < _tokens.Length && _tokens[index + 1] == "-" && index + 2 < _tokens.Length && char.IsLetter(_tokens[index + 2][0]))
        || (index > 0 && _tokens[index - 1] == "-" && index > 1 && char.IsLetter(_tokens[index - 2][0]));

    /// <summary>The word before, in lower case; null at the beginning and after punctuation.</summary>
    private string? PreviousWord(int index)
    {
        for (int before = index - 1; before >= 0; before--)
        {
            if (_tokens[before].Trim().Length > 0)
            {
                return char.IsLetter(_tokens[before][0]) ? _tokens[before].ToLowerInvariant() : null;
            }
        }

        return null;
    }

    private void TrimOneSpace()
    {
        if (_text.Length > 0 && _text[^1] == ' ')
        {
            _text.Length--;
        }
    }

    private static string[] ReadTokens(string sentence)
    {
        var tokens = new List<string>(sentence.Length / 2);
        foreach (ValueMatch match in Token().EnumerateMatches(sentence))
        {
            // Every second token.
            bool isSpace = match.Length == 1 && sentence[match.Index] == ' ';
            tokens.Add(isSpace ? " " : sentence.Substring(match.Index, match.Length));
        }

        return [.. tokens];
    }

    private static string Possessive(string name) => name.EndsWith("others", StringComparison.Ordinal) ? $"{name}'" : $"{name}'s";

    private static (string Pronoun, string Ending) SplitContraction(string token)
    {
        int apostrophe = token.IndexOfAny(['\'', '’']);
        return apostrophe < 0
            ? (token.ToLowerInvariant(), "")
            : (token[..apostrophe].ToLowerInvariant(), token[(apostrophe + 1)..].ToLowerInvariant());
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’]\p{L}+)*|\s+|.", RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex Token();
}
