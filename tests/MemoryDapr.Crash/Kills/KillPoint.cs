using System.Globalization;

namespace MemoryDapr.Crash.Kills;

/// <summary>A point of the program's work, as its spans name it.</summary>
internal sealed record KillPoint(string Span, bool AtEnd)
{
    /// <summary>A tag that the span has.</summary>
    public string? Tag { get; init; }

    /// <summary>A span that must be going on.</summary>
    public string? During { get; init; }

    /// <summary>How long the point is held before the kill.</summary>
    public TimeSpan Stall { get; init; }

    /// <summary>The most passages that are let go by first.</summary>
    public int MaxPassages { get; init; } = 6;

    public static KillPoint Start(string span) => new(span, AtEnd: false);

    public static KillPoint End(string span) => new(span, AtEnd: true);

    /// <summary>The line that the hook takes.</summary>
    public string ToOrder(int passages)
    {
        string order = string.Create(CultureInfo.InvariantCulture, $"span={Span} edge={(AtEnd ? "end" : "start")} nth={passages} stall={Stall.TotalMilliseconds}");
        order += Tag is null ? "" : $" tag={Tag}";
        return order + (During is null ? "" : $" during={During}");
    }
}
