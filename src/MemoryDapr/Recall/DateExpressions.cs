using System.Globalization;
using System.Text.RegularExpressions;

namespace MemoryDapr.Recall;

/// <summary>The dates that a text writes out: "8 May 2023", "May 8th, 2023", "2023-05-08", "May 2023".</summary>
internal static partial class DateExpressions
{
    /// <summary>The days, and the months (as their first day) that are named without a day.</summary>
    public static (IReadOnlyList<DateOnly> Days, IReadOnlyList<DateOnly> Months) Find(string text)
    {
        // Every one has a year, and most texts have no digit at all.
        if (!text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return ([], []);
        }

        var days = new List<DateOnly>();
        var months = new List<DateOnly>();
        foreach (Match match in Date().Matches(text))
        {
            int year = Parse(match, "y");
            int month = match.Groups["n"].Success ? Parse(match, "n") : MonthOf(match.Groups["m"].ValueSpan);
            int day = match.Groups["d"].Success ? Parse(match, "d") : 0;
            if (year < 1 || month is < 1 or > 12 || day > DateTime.DaysInMonth(year, month))
            {
                continue;
            }

            (day > 0 ? days : months).Add(new DateOnly(year, month, Math.Max(day, 1)));
        }

        return (days, months);
    }

    private static int Parse(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int MonthOf(ReadOnlySpan<char> name)
    {
        string[] names = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames;
        for (int i = 0; i < 12; i++)
        {
            if (name.StartsWith(names[i], StringComparison.OrdinalIgnoreCase))
            {
                return i + 1;
            }
        }

        return 0;
    }

    private const string Month = "(?<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    [GeneratedRegex(
        @"\b(?<y>[0-9]{4})-(?<n>[0-9]{2})-(?<d>[0-9]{2})\b"
            + @"|\b(?:(?<d>[0-9]{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?" + Month + @"\.?,?\s+(?:of\s+)?(?<y>[0-9]{4})\b"
            + "|\\b" + Month + @"\.?\s+(?<d>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?<y>[0-9]{4})\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Date();
}
