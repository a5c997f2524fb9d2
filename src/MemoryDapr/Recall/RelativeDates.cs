using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MemoryDapr.Recall;

/// <summary>The days and months that a question names by their distance from today: "yesterday", "last month", "three weeks ago".</summary>
internal static partial class RelativeDates
{
    // A distance beyond this is a manner of speaking.
    private const int MaxDistance = 1000;
    private const int DaysPerWeek = 7;

    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    // Each expression has one of them ("today", "on monday"), and most questions none.
    private static readonly SearchValues<string> Units = SearchValues.Create(["day", "night", "week", "month", "year"], StringComparison.OrdinalIgnoreCase);

    public static (IReadOnlyList<DateOnly> Days, IReadOnlyList<DateOnly> Months) Find(string query, DateOnly today)
    {
        if (!query.AsSpan().ContainsAny(Units))
        {
            return ([], []);
        }

        List<DateOnly> days = [];
        List<DateOnly> months = [];
        foreach (Match match in Expression().Matches(query))
        {
            Add(match, today, days, months);
        }

        return (days, months);
    }

    private static void Add(Match match, DateOnly today, List<DateOnly> days, List<DateOnly> months)
    {
        if (match.Groups["day"].Success)
        {
            days.Add(today.AddDays(Offset(match.Value)));
        }
        else if (match.Groups["weekday"].Success)
        {
            days.Add(Latest(today, Enum.Parse<DayOfWeek>(match.Groups["weekday"].Value, ignoreCase: true)));
        }
        else if (match.Groups["count"].Success)
        {
            AddDistance(match.Groups["unit"].Value, Count(match.Groups["count"].Value), today, days, months);
        }
        else
        {
            bool isLast = match.Value.StartsWith("last", StringComparison.OrdinalIgnoreCase);
            AddDistance(match.Groups["unit"].Value, isLast ? 1 : 0, today, days, months);
        }
    }

    private static int Offset(string word) => word.ToLowerInvariant() switch
    {
        "today" or "tonight" => 0,
        _ => -1,
    };

    private static DateOnly Latest(DateOnly today, DayOfWeek weekday)
    {
        int back = ((int)today.DayOfWeek - (int)weekday + DaysPerWeek) % DaysPerWeek;
        return today.AddDays(back == 0 ? -DaysPerWeek : -back);
    }

    private static void AddDistance(string unit, int count, DateOnly today, List<DateOnly> days, List<DateOnly> months)
    {
        if (count > MaxDistance)
        {
            return;
        }

        DateOnly month = new(today.Year, today.Month, 1);
        switch (char.ToLowerInvariant(unit[0]))
        {
            case 'd':
                days.Add(today.AddDays(-count));
                break;
            case 'w':
                // The whole week, Monday to Sunday.
                DateOnly monday = today.AddDays(-(((int)today.DayOfWeek + DaysPerWeek - 1) % DaysPerWeek) - (count * DaysPerWeek));
                days.AddRange(Enumerable.Range(0, DaysPerWeek).Select(monday.AddDays));
                break;
            case 'm':
                months.Add(month.AddMonths(-count));
                break;
            default:
                // A year is its twelve months; a distance in years is the month so long ago.
                months.AddRange(count <= 1
                    ? Enumerable.Range(1, 12).Select(number => new DateOnly(today.Year - count, number, 1))
                    : [month.AddYears(-count)]);
                break;
        }
    }

    private static int Count(string text)
    {
        int known = Array.FindIndex(Numbers, number => number.Equals(text, StringComparison.OrdinalIgnoreCase));
        return known >= 0 ? known
            : text[0] is 'a' or 'A' ? 1
            : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        @"\b(?:(?<day>today|tonight|yesterday|last night)|(?:last|on) (?<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:last|this) (?<unit>week|month|year)|(?<count>[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?<unit>day|week|month|year)s? ago)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Expression();
}
