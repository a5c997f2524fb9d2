using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Which items of a scope are candidates of a plan.</summary>
internal sealed class ItemFilter
{
    private readonly ScopeIndex _index;
    private readonly SearchFilter _filter;
    private readonly int _kinds;
    private readonly long _since;
    private readonly long _until;
    private readonly HashSet<int>? _sessions;
    private readonly HashSet<int>? _excluded;
    private readonly int _firstExcluded = int.MaxValue;
    private readonly bool _asksForRare;
    private readonly bool _asksForItem;

    public ItemFilter(ScopeIndex index, SearchPlan plan)
    {
        _index = index;
        _filter = plan.Filter;
        _kinds = _filter.Kinds.Count == 0 ? -1 : _filter.Kinds.Aggregate(0, (kinds, kind) => kinds | (1 << (int)kind));
        _since = _filter.Since?.UtcTicks ?? long.MinValue;
        _until = Math.Min(_filter.Until?.UtcTicks ?? long.MaxValue, _filter.AsOf?.UtcTicks + 1 ?? long.MaxValue);
        _sessions = _filter.SessionIds.Count == 0 ? null : [.. _filter.SessionIds.Select(index.FindSession).Where(session => session >= 0)];
        if (plan.ExcludedTurns.Count > 0)
        {
            _excluded = [.. plan.ExcludedTurns.Select(turn => index.FindTurn(turn.SessionId, turn.TurnId)).Where(slot => slot >= 0)];
            _firstExcluded = _excluded.Count == 0 ? int.MaxValue : _excluded.Min();
        }

        _asksForRare = _filter.AsOf is not null || _filter.Metadata.Count > 0;
        _asksForItem = _kinds != -1 || _since != long.MinValue || _until != long.MaxValue || _sessions is not null || _asksForRare;
    }

    /// <summary>Whether an item is a candidate.</summary>
    public bool Passes(int slot, ReadOnlySpan<IndexedItem> items) => !items[slot].IsDead && PassesLiving(slot, items);

    /// <summary>The same of an item that is living. Most questions ask for nothing of it; what they exclude is the latest.</summary>
    public bool PassesLiving(int slot, ReadOnlySpan<IndexedItem> items) =>
        (slot < _firstExcluded || !_excluded!.Contains(slot)) && (!_asksForItem || PassesItem(slot, items[slot]));

    private bool PassesItem(int slot, in IndexedItem item) =>
        (_kinds & (1 << (int)item.Kind)) != 0
            && item.AtTicks >= _since
            && item.AtTicks < _until
            && (_sessions is null || _sessions.Contains(item.Session))
            && (!_asksForRare || PassesRare(item.HasMore ? _index.RareOf(slot) : null));

    private bool PassesRare(RareProperties? rare) => HoldsAt(rare) && HasMetadata(rare?.Metadata);

    private bool HoldsAt(RareProperties? rare) =>
        _filter.AsOf is not { } moment || rare is null
            || ((rare.ValidFrom is null || rare.ValidFrom <= moment) && (rare.ValidTo is null || rare.ValidTo > moment));

    private bool HasMetadata(IReadOnlyDictionary<string, MetadataValue>? metadata)
    {
        foreach ((string name, MetadataValue value) in _filter.Metadata)
        {
            if (metadata is null || !metadata.TryGetValue(name, out MetadataValue own) || own != value)
            {
                return false;
            }
        }

        return true;
    }
}
