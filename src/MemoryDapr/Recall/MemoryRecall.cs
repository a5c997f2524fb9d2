using System.Diagnostics;
using System.Diagnostics.Metrics;
using MemoryDapr.Stores;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>Answers "what do we know that bears on this?".</summary>
/// <remarks>
/// <code>
/// query ─► 1 intent ─► 2 plan ─► 3 search and rank (one call to the store) ─► 4 pack ─► answer
///                        ▲                                                     ▲
///                 window of the live session: excluded from the search, first in the answer
/// </code>
/// All ranking is the store's; nothing here reorders its winners, so the answer for k begins every answer for more.
/// </remarks>
internal sealed class MemoryRecall(IMemoryStore store, TimeProvider time)
{
    private static readonly Histogram<double> Duration = MemoryTelemetry.Meter.CreateHistogram<double>(
        "memory_recall_duration_seconds", "s", "How long a recall took.");

    private static readonly Counter<long> Returned = MemoryTelemetry.Meter.CreateCounter<long>(
        "memory_recall_items_total", description: "Items returned, per tier.");

    /// <summary>
    /// The answer. <paramref name="window"/> is the live session's, null without one; <paramref name="windowTime"/> is what reading it
    /// took; <paramref name="degraded"/> is what could not be read.
    /// </summary>
    public async Task<RecallAnswer> RecallAsync(
        RecallRequest request, LiveWindow? window, TimeSpan windowTime, IReadOnlyList<string>? degraded, CancellationToken cancellationToken)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("recall.answer");
        DateTimeOffset now = time.GetUtcNow();
        long start = time.GetTimestamp();

        // 1, 2: what it asks for, and what that means for the store.
        RecallIntent intent = IntentReader.Read(request.Query, now);
        IReadOnlyList<Turn> shown = RecallPlan.SelectWindow(request, window);
        SearchPlan? plan = RecallPlan.ForStore(request, intent, window, shown, now);
        long planned = time.GetTimestamp();

        // 3: one call; winners come back with their text and the parts of their score.
        SearchResult? found = plan is null ? null : await store.SearchAsync(plan, cancellationToken);
        long searched = time.GetTimestamp();

        // 4: items and the text for a prompt.
        List<RecalledItem> items = [.. shown.Select(turn => RecalledItem.FromWindow(turn, window!.SessionId, request.Scope, request.Explain))];
        items.AddRange((found?.Items ?? []).Select(winner => RecalledItem.From(winner, now, request.Explain)));
        PackedContext context = ContextPacker.Pack(items, request.MaxTokens);
        long packed = time.GetTimestamp();

        RecallTimings timings = new(
            Milliseconds(windowTime), Between(start, planned), Between(planned, searched), Between(searched, packed),
            Milliseconds(windowTime + time.GetElapsedTime(start, packed)));
        Record(items, timings, span);
        return new RecallAnswer(
            intent, items, context.Text, context.Tokens, found is { SubjectMismatch: true } ? true : null, degraded, timings);
    }

    private static void Record(List<RecalledItem> items, RecallTimings timings, Activity? span)
    {
        Duration.Record(timings.TotalMs / 1000);
        foreach (IGrouping<MemoryTier, RecalledItem> tier in items.GroupBy(item => item.Tier))
        {
            Returned.Add(tier.Count(), new KeyValuePair<string, object?>("tier", tier.Key.ToString()));
        }

        span?.SetTag("memory.items", items.Count);
    }

    private double Between(long from, long to) => Milliseconds(time.GetElapsedTime(from, to));

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);
}
