using System.Globalization;
using System.Text.RegularExpressions;

namespace EmbeddedDapr.Resources;

/// <summary>Durations as Dapr's resources write them: <c>500ms</c>, <c>1m30s</c>.</summary>
internal static partial class GoDuration
{
    public static TimeSpan Parse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success)
        {
            throw new FormatException($"'{text}' is not a duration such as 500ms, 15s or 1m30s");
        }

        TimeSpan sum = TimeSpan.Zero;
        foreach ((Capture number, Capture unit) in match.Groups["number"].Captures.Zip(match.Groups["unit"].Captures))
        {
            sum += double.Parse(number.ValueSpan, CultureInfo.InvariantCulture) * Unit(unit.Value);
        }

        return sum;
    }

    private static TimeSpan Unit(string unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromHours(1),
    };

    [GeneratedRegex(@"^(?:(?<number>[0-9]{1,9}(?:\.[0-9]{1,9})?)(?<unit>ms|s|m|h))+$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
