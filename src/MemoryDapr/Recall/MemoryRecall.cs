using System.Diagnostics;
using System.Diagnostics.Metrics;
using MemoryDapr.Stores;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>Answers "what do we know that bears on this?".</summary>
/// <remarks>
/// <code>
/// query ─► 1 intent ─► 2 plan ─► 3 search and rank (one call to the store) ─► 4 order ─► 5 pack ─► answer
///            ▲           ▲                                                     ▲          ▲
///     rules or model   window of the live session:                      model, if any     │
///                      excluded from the search ─────────────────── first in the answer ──┘
/// </code>
/// All deterministic ranking is the store's. The answer for k begins every answer for more.
/// </remarks>
internal sealed class MemoryRecall(
    IMemoryStore store, RecallIntents intents, QueryEmbedding embedding, ModelRerank rerank, TimeProvider time)
{
    private static readonly Histogram<double> Duration = MemoryTelemetry.Meter.CreateHistogram<double>(
        "memory_recall_duration_seconds", "s", "How long a recall took.");

    private static readonly Counter<long> Returned = MemoryTelemetry.Meter.CreateCounter<long>(
        "memory_recall_items_total", description: "Items returned, per tier.");

    private static readonly string[] Tiers = Enum.GetNames<MemoryTier>();

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

        // 1, 2: what it asks for (its vector is made meanwhile), and what that means for the store.
        bool wantsVector = embedding.IsEnabled && RecallPlan.AsksStore(request);
        Task<IReadOnlyList<float>?>? embedded = wantsVector ? embedding.EmbedAsync(request.Query, cancellationToken) : null;
        (RecallIntent intent, bool isReadByRules) = await intents.ReadAsync(request.Scope.Tenant, request.Query, now, cancellationToken);
        IReadOnlyList<Turn> shown = RecallPlan.SelectWindow(request, window);
        SearchPlan? plan = RecallPlan.ForStore(request, intent, window, shown, now, rerank.IsEnabled ? ModelRerank.Depth : 0);
        IReadOnlyList<float>? vector = embedded is null ? null : await embedded;
        long planned = time.GetTimestamp();

        // 3: one call; winners come back with their text and the parts of their score.
        SearchResult? found = plan is null ? null : await store.SearchAsync(vector is null ? plan : plan with { Vector = vector }, cancellationToken);

        // 4: the model's order, where one is asked for it.
        IReadOnlyList<ScoredItem> winners = found?.Items ?? [];
        bool wantsOrder = rerank.IsEnabled && winners.Count > 1;
        IReadOnlyList<ScoredItem>? ordered = wantsOrder ? await rerank.OrderAsync(request.Query, winners, cancellationToken) : null;
        long ranked = time.GetTimestamp();

        // 5: items and the text for a prompt.
        List<RecalledItem> items = ToItems(request, window, shown, ordered ?? winners, now);
        PackedContext context = ContextPacker.Pack(items, request.MaxTokens);
        long packed = time.GetTimestamp();

        RecallTimings timings = new(
            Milliseconds(windowTime), Between(start, planned), Between(planned, ranked), Between(ranked, packed),
            Milliseconds(windowTime + time.GetElapsedTime(start, packed)));
        Record(items, timings, span);
        List<string>? missing = degraded is null ? null : [.. degraded];
        AddIf(isReadByRules, "intent", ref missing);
        AddIf(wantsVector && vector is null, "embedding", ref missing);
        AddIf(wantsOrder && ordered is null, "rerank", ref missing);
        return new RecallAnswer(intent, items, context, context.Tokens, found is { SubjectMismatch: true } ? true : null, missing, timings);
    }

    private static List<RecalledItem> ToItems(
        RecallRequest request, LiveWindow? window, IReadOnlyList<Turn> shown, IReadOnlyList<ScoredItem> winners, DateTimeOffset now)
    {
        int count = Math.Min(request.Count, winners.Count);
        List<RecalledItem> items = new(shown.Count + count);
        foreach (Turn turn in shown)
        {
            items.Add(RecalledItem.FromWindow(turn, window!.SessionId, request.Scope, request.Explain));
        }

        for (int place = 0; place < count; place++)
        {
            items.Add(RecalledItem.From(winners[place], now, request.Explain));
        }

        return items;
    }

    private static void AddIf(bool isMissing, string part, ref List<string>? missing)
    {
        if (isMissing)
        {
            (missing ??= []).Add(part);
        }
    }

    private static void Record(List<RecalledItem> items, RecallTimings timings, Activity? span)
    {
        Duration.Record(timings.TotalMs / 1000);
        Span<int> counts = stackalloc int[Tiers.Length];
        foreach (RecalledItem item in items)
        {
            counts[(int)item.Tier]++;
        }

        for (int tier = 0; tier < counts.Length; tier++)
        {
            if (counts[tier] > 0)
            {
                Returned.Add(counts[tier], new KeyValuePair<string, object?>("tier", Tiers[tier]));
            }
        }

        span?.SetTag("memory.items", items.Count);
    }

    private double Between(long from, long to) => Milliseconds(time.GetElapsedTime(from, to));

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);
}
