using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>The bonuses of indexed items for a plan.</summary>
internal sealed class ItemScores(SearchPlan plan, RankingFeatures features, int namedSpeaker, IReadOnlySet<int> aboutNamed)
{
    private readonly PlanBonuses _bonuses = new(plan, features, namedSpeaker != SpeakerNames.None);

    /// <summary>More than the bonuses of any item for this plan.</summary>
    public double MostBonus => _bonuses.Most;

    /// <summary>The bonuses of an item, the negative ones too.</summary>
    public double Bonus(int slot, in IndexedItem item, ItemTraits traits) => _bonuses.Sum(PropertiesOf(slot, item, traits));

    /// <summary>The same one by one, after the words' and the vector's share.</summary>
    public IReadOnlyList<ScorePart> Explain(int slot, in IndexedItem item, ItemTraits traits, double text, double vector, bool matched) =>
        _bonuses.Explain(PropertiesOf(slot, item, traits), text, vector, matched);

    private BonusProperties PropertiesOf(int slot, in IndexedItem item, ItemTraits traits) => new(
        namedSpeaker != SpeakerNames.None && (item.Kind == MemoryKind.Turn ? item.Speaker == namedSpeaker : aboutNamed.Contains(slot)),
        item.IsUser,
        item.IsPinned,
        item.At,
        item.SalienceLevel,
        traits);
}
