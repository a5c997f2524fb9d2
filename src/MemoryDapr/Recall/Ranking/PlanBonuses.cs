using MemoryDapr.Stores;

namespace MemoryDapr.Recall.Ranking;

/// <summary>The bonuses of items for one plan: the same in every store, so that stores differ in nothing but how words are matched.</summary>
internal sealed class PlanBonuses(SearchPlan plan, RankingFeatures features, bool namesSpeaker)
{
    private readonly bool _asksForDate = (features & RankingFeatures.Date) != 0 && plan.Hints.Days.Count + plan.Hints.Months.Count > 0;

    /// <summary>More than the bonuses of any item for this plan.</summary>
    public double Most { get; } = Bonuses.MostFor(plan.Hints, namesSpeaker);

    /// <summary>The bonuses of an item, the negative ones too.</summary>
    public double Sum(in BonusProperties item) => SumWithNudges(SumOfAsked(item), item);

    /// <summary>The bonuses for what is asked: all but at most <see cref="Bonuses.MostNudges"/>, and quickly found.</summary>
    public double SumOfAsked(in BonusProperties item) => Speaker(item) + FirstPerson(item) + Question(item) + Date(item) + AnswerType(item);

    /// <summary>All bonuses, by those for what is asked.</summary>
    public double SumWithNudges(double sumOfAsked, in BonusProperties item) => sumOfAsked + Salience(item) + Recency(item);

    /// <summary>The same one by one, after the words' and the vector's share.</summary>
    public IReadOnlyList<ScorePart> Explain(in BonusProperties item, double text, double vector, bool matched) =>
        [.. new ScorePart[]
        {
            new("text", text),
            new("vector", vector),
            new("speaker", Speaker(item)),
            new("firstPerson", FirstPerson(item)),
            new("question", Question(item)),
            new("date", Date(item)),
            new("answerType", AnswerType(item)),
            new("salience", Salience(item)),
            new("recency", Recency(item)),
            new("unmatched", matched ? 0 : Bonuses.Unmatched),
        }.Where(part => part.Value != 0)];

    private double Speaker(in BonusProperties item) =>
        Has(RankingFeatures.Speaker) && namesSpeaker ? Bonuses.NamedSpeaker(item.IsNamed) : 0;

    // A named speaker says more than "my": "what did Anna tell me?" asks for what Anna said.
    private double FirstPerson(in BonusProperties item) =>
        Has(RankingFeatures.FirstPerson) && !namesSpeaker ? Bonuses.FirstPerson(plan.Hints.FirstPerson, item.IsUser) : 0;

    private double Question(in BonusProperties item) => Has(RankingFeatures.Question) ? Bonuses.Question(item.Traits.QuestionShare) : 0;

    private double Date(in BonusProperties item) => _asksForDate ? Bonuses.Date(plan.Hints, item.At) : 0;

    private double AnswerType(in BonusProperties item) => Has(RankingFeatures.AnswerType) ? Bonuses.AnswerType(plan.Hints, item.Traits) : 0;

    private double Salience(in BonusProperties item) =>
        Has(RankingFeatures.Nudges) ? Bonuses.Salience(item.Salience, item.IsPinned, plan.Now) : 0;

    private double Recency(in BonusProperties item) => Has(RankingFeatures.Nudges) ? Bonuses.Recency(item.At, plan.Now) : 0;

    private bool Has(RankingFeatures feature) => (features & feature) != 0;
}
