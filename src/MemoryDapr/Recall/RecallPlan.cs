using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>From a request to what a store is asked and what the window adds.</summary>
internal static class RecallPlan
{
    private static readonly MemoryKind[] AllKinds = Enum.GetValues<MemoryKind>();

    /// <summary>The turns of the window that the request wants, oldest first.</summary>
    public static IReadOnlyList<Turn> SelectWindow(RecallRequest request, LiveWindow? window)
    {
        bool isWanted = Wants(request.Tiers, MemoryTier.Working) && Wants(request.Filter.Kinds, MemoryKind.Turn);
        return window is null || !isWanted ? [] : [.. window.Turns.Where(turn => Passes(turn, request.Filter))];
    }

    /// <summary>
    /// The one call to the store, for at least <paramref name="depth"/> items; null if no stored item can be what the request wants.
    /// </summary>
    public static SearchPlan? ForStore(
        RecallRequest request, RecallIntent intent, LiveWindow? window, IReadOnlyList<Turn> shown, DateTimeOffset now, int depth)
    {
        MemoryKind[] kinds = StoredKinds(request);
        if (kinds.Length == 0)
        {
            return null;
        }

        return new SearchPlan
        {
            Scope = request.Scope,
            Terms = QueryAnalyzer.Analyze(request.Query),
            Filter = FilterOf(request, kinds),
            ExcludedTurns = shown.Count == 0 ? [] : [.. shown.Select(turn => new TurnSource(window!.SessionId, turn.Id))],
            Hints = intent.Hints,
            Count = Math.Max(request.Count, depth),
            Now = now,
            Explain = request.Explain,
            WithFacts = false,
        };
    }

    /// <summary>Whether a stored item can be what the request wants.</summary>
    public static bool AsksStore(RecallRequest request) => StoredKinds(request).Length > 0;

    // Most requests want all of them.
    private static MemoryKind[] StoredKinds(RecallRequest request) =>
        request.Filter.Kinds.Count + request.Tiers.Count == 0
            ? AllKinds
            : [.. AllKinds.Where(kind => Wants(request.Filter.Kinds, kind) && Wants(request.Tiers, kind.Tier()))];

    private static SearchFilter FilterOf(RecallRequest request, MemoryKind[] kinds)
    {
        bool isAll = kinds.Length == AllKinds.Length;
        return isAll && request.Filter.Kinds.Count == 0 ? request.Filter : request.Filter with { Kinds = isAll ? [] : kinds };
    }

    private static bool Wants<T>(IReadOnlyList<T> wanted, T value) => wanted.Count == 0 || wanted.Contains(value);

    // The sessions of a filter are about what is stored: the window belongs to the session that is named for it.
    private static bool Passes(Turn turn, SearchFilter filter) =>
        (filter.Since is null || turn.At >= filter.Since)
        && (filter.Until is null || turn.At < filter.Until)
        && (filter.AsOf is null || turn.At <= filter.AsOf)
        && filter.Metadata.All(wanted =>
            turn.Metadata is { } metadata && metadata.TryGetValue(wanted.Key, out MetadataValue value) && value == wanted.Value);
}
