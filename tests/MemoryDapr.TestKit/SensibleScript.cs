using System.Globalization;
using System.Text.RegularExpressions;

namespace MemoryDapr.TestKit;

/// <summary>
/// A script that answers as a sensible model would, deterministically: each turn is a fact; two memories are the same where
/// <see cref="Meaning"/> gives both one meaning.
/// </summary>
public sealed partial class SensibleScript
{
    /// <summary>The meaning of a text, of which paraphrases have the same. Default: the text itself.</summary>
    public Func<string, string> Meaning { get; init; } = text => text;

    /// <summary>Answers a call by its purpose.</summary>
    public ScriptedReply Answer(ScriptedCall call) => call.Purpose switch
    {
        "extract" => Extract(call.Messages[1]),
        "merge" => Merge(call.Messages[1]),
        _ => ScriptedReply.Error(400),
    };

    private static ScriptedReply Extract(string input)
    {
        string[] said = [.. Turn().Matches(input).Select(match => match.Groups[1].Value.Trim())];
        return ScriptedReply.Json(new
        {
            episodes = new[]
            {
                new
                {
                    title = "A conversation",
                    summary = $"It was told that {string.Join(" It was told that ", said)}",
                    turns = Enumerable.Range(0, said.Length),
                    facts = said.Select((text, index) => new { text, turns = new[] { index } }),
                },
            },
        });
    }

    private ScriptedReply Merge(string input)
    {
        var decisions = new List<object>();
        foreach (string question in input.Split("## New ", StringSplitOptions.RemoveEmptyEntries).Where(part => char.IsDigit(part[0])))
        {
            string[] parts = KnownHeading().Split(question);
            int number = int.Parse(parts[0].Split('\n')[0], CultureInfo.InvariantCulture);
            string meaning = Meaning(Body(parts[0]));
            int same = Array.FindIndex(parts, 1, part => Meaning(Body(part)) == meaning) - 1;
            decisions.Add(new
            {
                @new = number,
                action = same >= 0 ? "merge" : "create",
                known = same >= 0 ? same : (int?)null,
                reason = same >= 0 ? "It tells the same." : "It is new.",
            });
        }

        return ScriptedReply.Json(new { decisions });
    }

    private static string Body(string part) => string.Join('\n', part.Split('\n').Skip(1));

    [GeneratedRegex(@"^\[\d+\] [^\n]*? UTC, [^:\n]+: ([^\n]*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Turn();

    [GeneratedRegex(@"#{3} Known \d+(?=\n)", RegexOptions.CultureInvariant)]
    private static partial Regex KnownHeading();
}
