using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>The bonuses of indexed items for a plan.</summary>
internal sealed class ItemScores(SearchPlan plan, RankingFeatures features, int namedSpeaker, NameMentions mentions)
{
    private readonly PlanBonuses _bonuses = new(plan, features, namedSpeaker != SpeakerNames.None);

    /// <summary>More than the bonuses of any item for this plan.</summary>
    public double MostBonus => _bonuses.Most;

    /// <summary>An item's score with its bonuses, the negative ones too; less than it is where it falls short of the threshold anyhow.</summary>
    public double Score(double score, double threshold, in IndexedItem item, ItemTraits traits)
    {
        BonusProperties properties = PropertiesOf(item, traits);
        double asked = _bonuses.SumOfAsked(properties);
        return score + (asked + Bonuses.MostNudges) < threshold ? double.NegativeInfinity : score + _bonuses.SumWithNudges(asked, properties);
    }

    /// <summary>The bonuses one by one, after the words' and the vector's share.</summary>
    public IReadOnlyList<ScorePart> Explain(in IndexedItem item, ItemTraits traits, double text, double vector, bool matched) =>
        _bonuses.Explain(PropertiesOf(item, traits), text, vector, matched);

    private BonusProperties PropertiesOf(in IndexedItem item, ItemTraits traits) => new(
        namedSpeaker != SpeakerNames.None && (item.Kind == MemoryKind.Turn ? item.Speaker == namedSpeaker : mentions.Has(item)),
        item.IsUser,
        item.IsPinned,
        item.At,
        item.SalienceLevel,
        traits);
}
