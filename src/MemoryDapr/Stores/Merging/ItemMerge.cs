using MemoryDapr.Types;

namespace MemoryDapr.Stores.Merging;

/// <summary>Makes one item of two that tell the same. No fact and no source is lost.</summary>
internal sealed class ItemMerge(RulesJudge rules)
{
    /// <summary>The most turns that one item rests on. What would go beyond stays an item of its own, so that none grows without end.</summary>
    public const int MaxSources = 200;

    /// <summary>The most facts of one episode.</summary>
    public const int MaxFacts = 100;

    /// <summary>Whether the two may become one without growing beyond the limits.</summary>
    public static bool Fits(MemoryItem known, MemoryItem added) =>
        known.Sources.Union(added.Sources).Count() <= MaxSources && known.Facts.Count + added.Facts.Count <= MaxFacts;

    /// <summary>The known item with what the other adds, one version on; another telling corroborates it.</summary>
    public MemoryItem Merge(MemoryItem known, MemoryItem added, DateTimeOffset now)
    {
        bool saysMore = added.Kind == MemoryKind.Episode && added.Facts.Count > known.Facts.Count && !known.Pinned;
        return known with
        {
            Title = saysMore ? added.Title : known.Title,
            Text = saysMore ? added.Text : known.Text,
            At = Earlier(known.At, added.At),
            Until = Later(known.Until, added.Until),
            ValidFrom = known.ValidFrom is { } from && added.ValidFrom is { } other ? Earlier(from, other) : known.ValidFrom,
            Sources = [.. known.Sources.Union(added.Sources)],
            DerivedFrom = [.. known.DerivedFrom.Union(added.DerivedFrom)],
            Facts = MergeFacts(known.Facts, added.Facts),
            Promoted = known.Promoted && added.Facts.Count == 0,
            Salience = known.Salience.Used(now),
            UpdatedAt = now,
        };
    }

    /// <summary>Facts that state the same become one with both sources.</summary>
    public IReadOnlyList<EpisodeFact> MergeFacts(IReadOnlyList<EpisodeFact> known, IReadOnlyList<EpisodeFact> added)
    {
        var facts = known.ToList();
        foreach (EpisodeFact fact in added)
        {
            int same = facts.FindIndex(other => rules.IsSameFact(other.Text, fact.Text));
            if (same < 0)
            {
                facts.Add(fact);
            }
            else
            {
                facts[same] = facts[same] with { Sources = [.. facts[same].Sources.Union(fact.Sources)] };
            }
        }

        return facts;
    }

    private static DateTimeOffset Earlier(DateTimeOffset first, DateTimeOffset second) => first <= second ? first : second;

    private static DateTimeOffset? Later(DateTimeOffset? first, DateTimeOffset? second) =>
        first is null || second > first ? second : first;
}
