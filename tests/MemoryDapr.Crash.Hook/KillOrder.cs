using System.Diagnostics;
using System.Globalization;

namespace MemoryDapr.Crash.Hook;

/// <summary>Where to die.</summary>
/// <param name="Span">The span's name.</param>
/// <param name="AtEnd">At its end, not at its start.</param>
/// <param name="Countdown">At which passage: 1 is the next.</param>
/// <param name="Tag">A tag that the span must have, <c>name=value</c>; null for any.</param>
/// <param name="During">A span that must be going on at that moment, in any thread; null for none.</param>
/// <param name="Stall">How long to hold the span's thread there before dying: what must wait for it has time to show that it does not.</param>
internal sealed record KillOrder(string Span, bool AtEnd, int Countdown, string? Tag, string? During, TimeSpan Stall)
{
    /// <summary>Reads words of the form <c>key=value</c>.</summary>
    public static KillOrder Parse(IEnumerable<string> words)
    {
        var values = words
            .Select(word => word.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new KillOrder(
            values["span"],
            values["edge"] == "end",
            int.Parse(values["nth"], CultureInfo.InvariantCulture),
            values.GetValueOrDefault("tag"),
            values.GetValueOrDefault("during"),
            TimeSpan.FromMilliseconds(int.Parse(values.GetValueOrDefault("stall", "0"), CultureInfo.InvariantCulture)));
    }

    public bool Matches(Activity activity, bool isEnd)
    {
        if (isEnd != AtEnd || activity.OperationName != Span)
        {
            return false;
        }

        string[] tag = Tag?.Split('=', 2) ?? [];
        return tag.Length == 0 || activity.GetTagItem(tag[0]) as string == tag[1];
    }
}
