using System.Globalization;

namespace EmbeddedDapr.Resources;

/// <summary>HTTP statuses as a retry's <c>matching</c> lists them: <c>408,429,502-504</c>.</summary>
internal sealed class StatusRanges(IReadOnlyList<(int First, int Last)> ranges)
{
    public static StatusRanges Parse(string text) => new([.. text.Split(',', StringSplitOptions.TrimEntries).Select(ParseRange)]);

    public bool Contains(int status) => ranges.Any(range => status >= range.First && status <= range.Last);

    private static (int First, int Last) ParseRange(string text)
    {
        string[] ends = text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length is 1 or 2 && IsStatus(ends[0], out int first) && IsStatus(ends[^1], out int last) && first <= last)
        {
            return (first, last);
        }

        throw new FormatException($"'{text}' is neither an HTTP status nor a range of them");
    }

    private static bool IsStatus(string text, out int status) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 100 and <= 599;
}
