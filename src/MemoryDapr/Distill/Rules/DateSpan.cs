using System.Globalization;

namespace MemoryDapr.Distill.Rules;

/// <summary>The days that an expression means, and how to write them.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Label">As it stands in a text, e.g. <c>7 May 2023</c>, <c>week of 1 May 2023</c>, <c>June 2023</c>.</param>
internal sealed record DateSpan(DateOnly From, DateOnly To, string Label)
{
    public static DateSpan Day(DateOnly day) => new(day, day, Text(day));

    /// <summary>The week of a day, from Monday on.</summary>
    public static DateSpan Week(DateOnly day)
    {
        DateOnly monday = Monday(day);
        return new DateSpan(monday, monday.AddDays(6), $"week of {Text(monday)}");
    }

    /// <summary>The weekend at the end of the week of a day.</summary>
    public static DateSpan Weekend(DateOnly day)
    {
        DateOnly saturday = Monday(day).AddDays(5);
        return new DateSpan(saturday, saturday.AddDays(1), $"weekend of {Text(saturday)}");
    }

    public static DateSpan Month(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return new DateSpan(first, first.AddMonths(1).AddDays(-1), first.ToString("MMMM yyyy", CultureInfo.InvariantCulture));
    }

    public static DateSpan Year(int year) =>
        new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31), year.ToString(CultureInfo.InvariantCulture));

    /// <summary>A season of the northern hemisphere; a winter is named by both of its years.</summary>
    public static DateSpan Season(string name, int year)
    {
        int firstMonth = name switch { "spring" => 3, "summer" => 6, "winter" => 12, _ => 9 };
        var from = new DateOnly(year, firstMonth, 1);
        DateOnly to = from.AddMonths(3).AddDays(-1);
        string years = to.Year == year ? $"{year}" : $"{year}/{to.Year}";
        return new DateSpan(from, to, $"{name} {years}");
    }

    /// <summary>The same days, said to be about right only.</summary>
    public DateSpan About() => this with { Label = $"around {Label}" };

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static string Text(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
