using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>The score of an item for a plan: what its words are worth, and the bonuses.</summary>
internal sealed class ItemScores(SearchPlan plan, RankingFeatures features, int namedSpeaker, IReadOnlySet<int> aboutNamed)
{
    /// <summary>More than the bonuses of any item for this plan.</summary>
    public double MostBonus { get; } = Bonuses.MostFor(plan.Hints, namedSpeaker != SpeakerNames.None);

    /// <summary>The bonuses of an item, the negative ones too.</summary>
    public double Bonus(int slot, in IndexedItem item) =>
        SpeakerBonus(slot, item) + FirstPersonBonus(item) + QuestionBonus(item) + DateBonus(item) + AnswerTypeBonus(item)
            + SalienceBonus(item) + RecencyBonus(item);

    /// <summary>The same one by one, after the words' and the vector's share.</summary>
    public IReadOnlyList<ScorePart> Explain(int slot, in IndexedItem item, double text, double vector, bool matched) =>
        [.. new ScorePart[]
        {
            new("text", text),
            new("vector", vector),
            new("speaker", SpeakerBonus(slot, item)),
            new("firstPerson", FirstPersonBonus(item)),
            new("question", QuestionBonus(item)),
            new("date", DateBonus(item)),
            new("answerType", AnswerTypeBonus(item)),
            new("salience", SalienceBonus(item)),
            new("recency", RecencyBonus(item)),
            new("unmatched", matched ? 0 : Bonuses.Unmatched),
        }.Where(part => part.Value != 0)];

    private double SpeakerBonus(int slot, in IndexedItem item) =>
        Has(RankingFeatures.Speaker) && namedSpeaker != SpeakerNames.None
            ? Bonuses.NamedSpeaker(item.Kind == MemoryKind.Turn ? item.Speaker == namedSpeaker : aboutNamed.Contains(slot))
            : 0;

    // A named speaker says more than "my": "what did Anna tell me?" asks for what Anna said.
    private double FirstPersonBonus(in IndexedItem item) =>
        Has(RankingFeatures.FirstPerson) && namedSpeaker == SpeakerNames.None ? Bonuses.FirstPerson(plan.Hints.FirstPerson, item.IsUser) : 0;

    private double QuestionBonus(in IndexedItem item) => Has(RankingFeatures.Question) ? Bonuses.Question(item.QuestionShare) : 0;

    private double DateBonus(in IndexedItem item) => Has(RankingFeatures.Date) ? Bonuses.Date(plan.Hints, item.At) : 0;

    private double AnswerTypeBonus(in IndexedItem item) =>
        Has(RankingFeatures.AnswerType) ? Bonuses.AnswerType(plan.Hints, item.Traits) : 0;

    private double SalienceBonus(in IndexedItem item) =>
        Has(RankingFeatures.Nudges) ? Bonuses.Salience(item.SalienceLevel, item.IsPinned, plan.Now) : 0;

    private double RecencyBonus(in IndexedItem item) => Has(RankingFeatures.Nudges) ? Bonuses.Recency(item.At, plan.Now) : 0;

    private bool Has(RankingFeatures feature) => (features & feature) != 0;
}
