using MemoryDapr.Stores;

namespace MemoryDapr.Recall;

/// <summary>What a question asks for, by rules: no model, so microseconds, and the same every time.</summary>
internal static class IntentReader
{
    public static RecallIntent Read(string query, DateTimeOffset now)
    {
        QueryHints named = QuestionHints.Detect(query);
        (IReadOnlyList<DateOnly> days, IReadOnlyList<DateOnly> months) = RelativeDates.Find(query, DateOnly.FromDateTime(now.UtcDateTime));
        return ToIntent(days.Count + months.Count == 0
            ? named
            : named with { Days = [.. named.Days.Union(days)], Months = [.. named.Months.Union(months)] });
    }

    /// <summary>The same for a client.</summary>
    public static RecallIntent ToIntent(QueryHints hints) => new(KindOf(hints), hints.FirstPerson, hints.Days, hints.Months) { Hints = hints };

    // Of several the narrowest: "which day" asks for a time, not for a name.
    private static IntentKind KindOf(QueryHints hints) => hints switch
    {
        { WantsTime: true } => IntentKind.Time,
        { WantsNumber: true } => IntentKind.Number,
        { WantsName: true } => IntentKind.Name,
        _ => IntentKind.Open,
    };
}
