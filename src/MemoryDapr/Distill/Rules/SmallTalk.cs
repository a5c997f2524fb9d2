using System.Text.RegularExpressions;

namespace MemoryDapr.Distill.Rules;

/// <summary>Takes away what is said for politeness: greetings, interjections, names called out, openings such as "I think".</summary>
internal static partial class SmallTalk
{
    /// <summary>The sentence without small talk; empty if it was nothing else.</summary>
    /// <param name="sentence">A sentence of English.</param>
    /// <param name="names">The names of who takes part.</param>
    public static string Remove(string sentence, IReadOnlyCollection<string> names)
    {
        string text = sentence.Trim();
        string before;
        do
        {
            before = text;
            text = Opening().Replace(RemoveCalledName(text, names), "").TrimStart(' ', ',', '-', '–', '—', '!', '.', ':', ';');
        }
        while (text.Length > 0 && text.Length < before.Length);

        return Courtesy().IsMatch(text) ? "" : text;
    }

    private static string RemoveCalledName(string text, IReadOnlyCollection<string> names)
    {
        Match first = CalledFirst().Match(text);
        if (first.Success && IsName(first.Groups[1].Value, names))
        {
            text = text[first.Length..];
        }

        Match last = CalledLast().Match(text);
        return last.Success && IsName(last.Groups[1].Value, names) ? text[..last.Index] + last.Groups[2].Value : text;
    }

    /// <summary>A name, or the beginning of one: "Mel" for Melanie.</summary>
    private static bool IsName(string word, IReadOnlyCollection<string> names) =>
        names.Any(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(
        """
        ^(?:
          (?:hey|hiya|hi|hello|yo|wow|whoa|woah|oh|ooh|ah|aw+|yeah|yea|yes|yep|yup|nah|well|so|haha+|hehe+|lol|hm+|ok|okay|thanks|thank\ you|thx|congrats
            |congratulations|of\ course|anyway|anyways|by\ the\ way|btw|also|and|but|plus|gosh|omg|oh\ my\ god|good\ (?:morning|afternoon|evening|night)
            |for\ sure|to\ be\ honest|honestly|basically|speaking\ of\ which
            |i\ (?:think|guess|mean|suppose|believe|feel\ like)(?:\ that)?(?=\ (?:i|the|it|we|my|that|this|they|you|he|she)\b))
            (?:\ (?:there|everyone|everybody|guys|folks|again|so\ much|a\ lot|buddy|dude|man|friend)\b)?
            (?:\s*[,!.:;…]+\s*|\s+[–—-]+\s+|\s+|$)
        | (?:no|nope|sure|sure\ thing|perfect|wonderful|lovely|brilliant|excellent|cool|great|nice|awesome|amazing|absolutely|definitely|totally|exactly|right|sorry|true|man|actually|no\ problem|no\ worries
            |you're\ welcome|my\ pleasure|glad\ to\ hear(?:\ (?:it|that))?|sounds\ (?:good|great|fun)|same\ here|long\ time\ no\ see|you\ know(?:\ what)?)
            \s*(?:[,!.:;…]+\s*|$)
        )
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(\p{Lu}\p{L}{2,})\s*[,!:.]+\s*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CalledFirst();

    [GeneratedRegex(@",\s*(\p{Lu}\p{L}{2,})\s*([.!…]*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CalledLast();

    [GeneratedRegex(
        """
        ^(?:(?:it(?:'s|\ was)\ )?(?:so\ |really\ )?(?:good|great|nice|lovely)\ to\ (?:see|hear|meet|talk)\b.* | how\ (?:are|have|is|was|about)\b.* | what's\ up.*
          | see\ you.* | talk\ to\ you.* | take\ care.* | (?:have|enjoy)\ (?:a|your|the)\b.* | good\ luck.* | bye.* | cheers.* | keep\ (?:it\ up|up|in\ touch)\b.* | let\ me\ know.*
          | for\ (?:the|your|everything|\w+ing)\b.* | what\ an?\b.* | long\ time\ no.* | no\ doubts?.* | can't\ wait\ to\ (?:see|hear)\ (?:it|them|you|that)\b.* | you\ too.* | me\ too.* | (?:yes\ |no\ )?please[.!…]* | pretty\ please.*
          | (?:that(?:'s|\ is|\ was|\ sounds)|it(?:'s|\ is|\ was|\ sounds)|this\ is|sounds|looks)\ (?:(?:so|really|very|such|pretty|just|totally|absolutely|super)\ )*
            (?:a\ )?(?:\w+)(?:\ (?:thing|idea|to\ hear|news|advice))?[.!…]*)$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Courtesy();
}
