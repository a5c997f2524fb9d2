using System.Globalization;
using System.Text.RegularExpressions;

namespace EmbeddedDapr.Resources;

/// <summary>What a breaker has seen since its counts began.</summary>
internal readonly record struct BreakerCounts(
    long Requests, long TotalSuccesses, long TotalFailures, long ConsecutiveSuccesses, long ConsecutiveFailures);

/// <summary>A breaker's <c>trip</c>: one count compared with a number. Other expressions are refused when the file is read.</summary>
internal sealed partial record TripRule(string Count, string Comparison, long Bound)
{
    public static TripRule Parse(string text)
    {
        Match match = Expression().Match(text);
        return match.Success
            ? new TripRule(
                match.Groups["count"].Value,
                match.Groups["comparison"].Value,
                long.Parse(match.Groups["bound"].ValueSpan, CultureInfo.InvariantCulture))
            : throw new FormatException($"trip '{text}' is not one count compared with a number, such as 'consecutiveFailures >= 5'");
    }

    public bool Holds(BreakerCounts counts)
    {
        long value = Count switch
        {
            "requests" => counts.Requests,
            "totalSuccesses" => counts.TotalSuccesses,
            "totalFailures" => counts.TotalFailures,
            "consecutiveSuccesses" => counts.ConsecutiveSuccesses,
            _ => counts.ConsecutiveFailures,
        };
        return Comparison switch
        {
            ">" => value > Bound,
            ">=" => value >= Bound,
            "<" => value < Bound,
            "<=" => value <= Bound,
            _ => value == Bound,
        };
    }

    [GeneratedRegex(
        @"^\s*(?<count>requests|totalSuccesses|totalFailures|consecutiveSuccesses|consecutiveFailures)\s*(?<comparison>>=|<=|==|>|<)\s*(?<bound>[0-9]{1,9})\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Expression();
}
