using System.Text.RegularExpressions;

namespace MemoryDapr.Distill.Rules;

/// <summary>Looks into requests: what somebody asks to remember is a statement, what they ask to do is an order.</summary>
internal static partial class Requests
{
    /// <summary>What is to be remembered, without the request around it: "note that I am away when you call" → "I am away".</summary>
    /// <param name="sentence">A sentence of English.</param>
    /// <param name="statement">The statement; the sentence itself where it asks for nothing of the kind.</param>
    public static bool TryReadReminder(string sentence, out string statement)
    {
        statement = sentence;
        Match request = Reminder().Match(sentence);
        if (!request.Success)
        {
            return false;
        }

        string rest = Occasion().Replace(sentence[request.Length..].TrimEnd(' ', '?', '.', '!'), "");
        if (!request.Value.TrimEnd().EndsWith("that", StringComparison.OrdinalIgnoreCase) && !Clauses.HasVerb(rest))
        {
            return false;
        }

        statement = rest;
        return rest.Length > 0;
    }

    /// <summary>What is to be done, from the verb on: "please book a table" → "book a table".</summary>
    /// <param name="sentence">A sentence of English without small talk.</param>
    /// <param name="order">The order.</param>
    /// <param name="isPolite">Whether it was asked for with "please".</param>
    public static bool TryReadOrder(string sentence, out string order, out bool isPolite)
    {
        order = Please().Replace(sentence, "");
        isPolite = order.Length < sentence.Length;
        string verb = FirstWord().Match(order).Value;
        return (isPolite && !Clauses.BeginsWithSubject(order)) || EnglishWords.Orders.Contains(verb.Replace('’', '\''));
    }

    [GeneratedRegex(
        """
        ^(?:(?:can|could|will|would)\ you\ )?(?:please\ |just\ |also\ |always\ )*
        (?:remember|note|keep\ in\ mind|bear\ in\ mind|(?:don['’]t|do\ not|never)\ forget|make\ a\ note|take\ note|(?:just\ )?so\ you\ know|for\ your\ information|fyi
          |you\ should\ know|i\ (?:want|need|would\ like)\ you\ to\ (?:know|remember)|i\ should\ (?:mention|add|say))
        (?:,?\ please)?
        (?:\ that\ (?=(?:i|we|you|he|she|it|they|my|our|your|his|her|its|their|the|there|a|an|no|(?-i:\p{Lu}\p{L}*))\b)|\s*[:,]\s*|\ (?=(?:i|my|we|our|the)\b))
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Reminder();

    /// <summary>When to think of it, which is no part of what is so.</summary>
    [GeneratedRegex(
        @",?\s+(?:(?:when|whenever|if|before|while|once|every time|next time|in case)\s+you(?:['’]\w+)?\s.*|(?:ok|okay|please|alright|will you|would you))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Occasion();

    [GeneratedRegex(@"^(?:(?:can|could|will|would) you )?please,?\s+|,?\s+please$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Please();

    [GeneratedRegex(@"^[\p{L}'’]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FirstWord();
}
