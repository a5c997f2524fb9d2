using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MemoryDapr.Distill.Rules;

/// <summary>
/// Relative dates of English text, read from the day on which it was said. "Last week" means nothing a month later, so a memory keeps
/// both what was said and what it meant: "last week (week of 1 May 2023)".
/// </summary>
internal static partial class RelativeDates
{
    private const string Numbers = "a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a[ ]couple(?:[ ]of)?|a[ ]few|several|[0-9]{1,3}";
    private const string Units = "days?|nights?|weeks?|weekends?|fortnights?|months?|years?";
    private const string Weekdays = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
    private const string Months = "january|february|march|april|may|june|july|august|september|october|november|december";
    private const string Seasons = "spring|summer|autumn|fall|winter";
    private const string Pointers = "last|this[ ]past|this[ ]last|past|this[ ]coming|this|coming|next";
    private const string PartOfDay = "(?:[ ](?:morning|afternoon|evening|night))?";

    private static readonly string[] NumberWords =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>The text with the meaning of each relative date behind it in brackets. Done twice it is done once.</summary>
    public static string Annotate(string text, DateTimeOffset saidAt)
    {
        DateOnly today = DateOnly.FromDateTime(saidAt.UtcDateTime);
        var result = new StringBuilder(text.Length + 32);
        int copied = 0;
        foreach (Match match in Expression().Matches(text))
        {
            DateSpan? span = IsExplained(text, match.Index + match.Length) ? null : Read(text, match, today);
            if (span is null)
            {
                continue;
            }

            int end = match.Index + match.Length;
            end += PossessiveAt(text, end);
            result.Append(text, copied, end - copied).Append(" (").Append(span.Label).Append(')');
            copied = end;
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The first relative date of the text, if it has one.</summary>
    public static DateSpan? FindFirst(string text, DateTimeOffset saidAt)
    {
        DateOnly today = DateOnly.FromDateTime(saidAt.UtcDateTime);
        return Expression().Matches(text).Select(match => Read(text, match, today)).FirstOrDefault(span => span is not null);
    }

    private static DateSpan? Read(string text, Match match, DateOnly today)
    {
        try
        {
            return match.Groups["day"].Success ? ReadDay(match.Groups["day"].Value, today)
                : match.Groups["ago"].Success ? ReadAgo(match, today)
                : match.Groups["ahead"].Success ? ReadAhead(text, match, today)
                : match.Groups["before"].Success ? ReadBefore(match.Groups["before"].Value, today)
                : ReadPointer(match.Groups["pointer"].Value, match.Groups["unit"].Value.ToLowerInvariant(), today);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Before year 1 or after year 9999: no date that anybody means.
            return null;
        }
    }

    private static DateSpan ReadDay(string words, DateOnly today)
    {
        string text = words.ToLowerInvariant();
        int offset =
            text.StartsWith("the day before", StringComparison.Ordinal) ? -2
            : text.StartsWith("the day after", StringComparison.Ordinal) ? 2
            : text.StartsWith("yesterday", StringComparison.Ordinal) || text.StartsWith("last", StringComparison.Ordinal) ? -1
            : text.StartsWith("tomorrow", StringComparison.Ordinal) ? 1
            : 0;
        return DateSpan.Day(today.AddDays(offset));
    }

    private static DateSpan? ReadAgo(Match match, DateOnly today)
    {
        (int count, bool isVague) = ReadNumber(match.Groups["agoCount"].Value);
        DateSpan span = Shift(match.Groups["agoUnit"].Value, -count, today);
        return isVague ? span.About() : span;
    }

    /// <summary>"In two weeks" is a date only where the sentence speaks of the future: "read it in two weeks" is a duration.</summary>
    private static DateSpan? ReadAhead(string text, Match match, DateOnly today)
    {
        bool isFuture = match.Groups["fromNow"].Success || Future().IsMatch(text.AsSpan(0, match.Index));
        if (!isFuture)
        {
            return null;
        }

        (int count, bool isVague) = ReadNumber(match.Groups["aheadCount"].Value);
        DateSpan span = Shift(match.Groups["aheadUnit"].Value, count, today);
        return isVague ? span.About() : span;
    }

    private static DateSpan ReadBefore(string unit, DateOnly today) => Shift(unit, -2, today);

    private static DateSpan Shift(string unit, int count, DateOnly today) => char.ToLowerInvariant(unit[0]) switch
    {
        'd' or 'n' => DateSpan.Day(today.AddDays(count)),
        'f' => DateSpan.Week(today.AddDays(count * 14)),
        'w' when unit.StartsWith("weekend", StringComparison.OrdinalIgnoreCase) => DateSpan.Weekend(today.AddDays(count * 7)),
        'w' => DateSpan.Week(today.AddDays(count * 7)),
        'm' => DateSpan.Month(today.AddMonths(count)),
        _ => DateSpan.Year(today.Year + count),
    };

    private static DateSpan? ReadPointer(string pointerText, string unit, DateOnly today)
    {
        int direction = pointerText.ToLowerInvariant() switch
        {
            "last" or "past" or "this past" or "this last" => -1,
            "next" => 1,
            _ => 0,
        };
        int weekday = Array.IndexOf(Weekdays.Split('|'), unit.Split(' ')[0]);
        int month = Array.IndexOf(Months.Split('|'), unit) + 1;
        return unit switch
        {
            "week" or "weekend" or "month" or "year" when IsDuration(pointerText) => null,
            "week" or "weekend" or "month" or "year" => Shift(unit, direction, today),
            _ when weekday >= 0 => DateSpan.Day(ReadWeekday(weekday, direction, today)),
            _ when month > 0 => DateSpan.Month(new DateOnly(ReadYear(month, month, direction, today), month, 1)),
            _ => ReadSeason(unit, direction, today),
        };
    }

    /// <summary>"The past month" is a stretch up to now, not the month before.</summary>
    private static bool IsDuration(string pointer) => pointer.Equals("past", StringComparison.OrdinalIgnoreCase);

    /// <summary>Last: the nearest before today. Next: the one of next week. This: the nearest from today on.</summary>
    private static DateOnly ReadWeekday(int weekday, int direction, DateOnly today)
    {
        int todays = ((int)today.DayOfWeek + 6) % 7;
        return direction switch
        {
            -1 => today.AddDays(-((todays - weekday + 6) % 7) - 1),
            1 => DateSpan.Monday(today).AddDays(7 + weekday),
            _ => today.AddDays((weekday - todays + 7) % 7),
        };
    }

    private static DateSpan ReadSeason(string season, int direction, DateOnly today)
    {
        string name = season == "fall" ? "autumn" : season;
        int first = name switch { "spring" => 3, "summer" => 6, "winter" => 12, _ => 9 };
        if (name == "winter")
        {
            // The winter of January and February began in the year before.
            int current = today.Month <= 2 ? today.Year - 1 : today.Year;
            bool isUnderWay = today.Month is <= 2 or 12;
            return DateSpan.Season(name, direction > 0 && !isUnderWay ? current : current + direction);
        }

        return DateSpan.Season(name, ReadYear(first, first + 2, direction, today));
    }

    private static int ReadYear(int firstMonth, int lastMonth, int direction, DateOnly today) => direction switch
    {
        -1 => today.Month > lastMonth ? today.Year : today.Year - 1,
        1 => today.Month < firstMonth ? today.Year : today.Year + 1,
        _ => today.Year,
    };

    private static (int Count, bool IsVague) ReadNumber(string words)
    {
        string text = words.ToLowerInvariant();
        return text switch
        {
            "a" or "an" => (1, false),
            _ when text.StartsWith("a couple", StringComparison.Ordinal) => (2, true),
            "a few" or "several" => (3, true),
            _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => (number, false),
            _ => (Array.IndexOf(NumberWords, text), false),
        };
    }

    private static bool IsExplained(string text, int end)
    {
        ReadOnlySpan<char> rest = text.AsSpan(end + PossessiveAt(text, end)).TrimStart();
        return rest.StartsWith("(");
    }

    private static int PossessiveAt(string text, int end) =>
        text.AsSpan(end).StartsWith("'s") || text.AsSpan(end).StartsWith("’s") ? 2 : 0;

    [GeneratedRegex(
        $"""
        \b(?:
          (?<day>the[ ]day[ ](?:before[ ]yesterday|after[ ]tomorrow) | (?:yesterday|tomorrow){PartOfDay} | last[ ]night
             | today | tonight | this[ ](?:morning|afternoon|evening))
        | (?<ago>(?<agoCount>{Numbers})[ ](?<agoUnit>{Units})[ ](?:ago|back))
        | (?<ahead>in[ ](?<aheadCount>{Numbers})[ ](?<aheadUnit>{Units})
             | (?<aheadCount>{Numbers})[ ](?<aheadUnit>{Units})[ ](?<fromNow>from[ ]now))
        | the[ ](?<before>week|weekend|month|year)[ ]before[ ]last
        | (?<pointer>{Pointers})[ ](?<unit>weekend|week|month|year|{Seasons}|(?:{Weekdays}){PartOfDay}|{Months})
        )\b
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Expression();

    [GeneratedRegex(
        @"\b(?:will|won't|shall|going|gonna|is|are|am|plan\w*|start\w*|begin\w*|leav\w+|due|com\w+|schedul\w+|see|hope|expect\w*|move|moving)\b|['’](?:ll|re|m|s)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Future();
}
