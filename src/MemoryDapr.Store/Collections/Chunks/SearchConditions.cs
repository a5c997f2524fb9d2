using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>A plan's filters as a condition on chunks: every chunk carries what its item is filtered by.</summary>
internal static class SearchConditions
{
    /// <summary>The condition; null if everything passes.</summary>
    public static Condition? Of(SearchPlan plan)
    {
        SearchFilter filter = plan.Filter;
        var conditions = new List<Condition>();
        if (filter.Kinds.Count > 0)
        {
            conditions.Add(Condition.OneOf(ChunkProperty.Kind, [.. filter.Kinds.Distinct().Select(ChunkObject.NameOf)]));
        }

        if (filter.SessionIds.Count > 0)
        {
            conditions.Add(Condition.OneOf(ChunkProperty.Session, [.. filter.SessionIds.Distinct(StringComparer.Ordinal)]));
        }

        if (filter.Since is { } since)
        {
            conditions.Add(Condition.That(ChunkProperty.At, Comparison.GreaterOrEqual, SortText.Of(since)));
        }

        if (filter.Until is { } until)
        {
            conditions.Add(Condition.That(ChunkProperty.At, Comparison.Less, SortText.Of(until)));
        }

        if (filter.AsOf is { } asOf)
        {
            string moment = SortText.Of(asOf);
            conditions.Add(Condition.That(ChunkProperty.At, Comparison.LessOrEqual, moment));
            conditions.Add(Condition.That(ChunkProperty.ValidFrom, Comparison.LessOrEqual, moment));
            conditions.Add(Condition.That(ChunkProperty.ValidTo, Comparison.Greater, moment));
        }

        conditions.AddRange(filter.Metadata.Select(pair => Condition.Is(ChunkProperty.Metadata, FilterWords.Of(pair.Key, pair.Value))));
        conditions.AddRange(plan.ExcludedTurns
            .Distinct()
            .Select(turn => Condition.That(ChunkProperty.Item, Comparison.NotEqual, ItemId.ForTurn(plan.Scope, turn.SessionId, turn.TurnId))));
        return conditions.Count == 0 ? null : Condition.All(conditions);
    }
}
