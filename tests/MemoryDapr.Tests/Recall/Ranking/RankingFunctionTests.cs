using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Recall.Ranking;

public sealed class RankingFunctionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Split_OfAShortText_IsOnePart() => TextChunks.Split("One. Two.").ShouldBe([0..9]);

    [Fact]
    public void Split_OfALongText_EndsWhereSentencesEnd()
    {
        string sentence = string.Join(' ', Enumerable.Repeat("word", 25)) + ". ";
        string text = string.Concat(Enumerable.Repeat(sentence, 8));

        IReadOnlyList<Range> chunks = TextChunks.Split(text);

        chunks.Select(chunk => text[chunk].Trim()).ShouldAllBe(chunk => chunk.EndsWith('.'));
        chunks.Select(chunk => WordsOf(text[chunk])).ShouldBe([75, 75, 50]);
        string.Concat(chunks.Select(chunk => text[chunk])).ShouldBe(text);
    }

    [Fact]
    public void Split_WithoutSentences_StillEnds()
    {
        string text = string.Join(' ', Enumerable.Repeat("word", 1_000));

        TextChunks.Split(text).Max(chunk => WordsOf(text[chunk])).ShouldBe(100);
    }

    [Fact]
    public void Split_OfAShortRest_GivesItToThePartBefore() =>
        TextChunks.Split(string.Join(' ', Enumerable.Repeat("word", 60)) + ". And that was it.").Count.ShouldBe(1);

    [Theory]
    [InlineData(WeightClass.Auto, 27, 0.7f)]
    [InlineData(WeightClass.Auto, 200, 0.2f)]
    [InlineData(WeightClass.Full, 200, 0.7f)]
    [InlineData(WeightClass.Light, 27, 0.2f)]
    public void ContextWeights_OfAClass_FollowTheMeanLength(WeightClass weightClass, double mean, float previous) =>
        ContextWeights.For(weightClass, mean).Previous.ShouldBe(previous);

    [Fact]
    public void Bm25_OfCountsAndLengths_SaturatesAndPrefersRareAndShort()
    {
        Bm25.Rarity(1000, 2).ShouldBeGreaterThan(Bm25.Rarity(1000, 20));
        Bm25.Rarity(10, 10).ShouldBeGreaterThan(0);
        Bm25.Weight(1, Bm25.Norm(1)).ShouldBe(1, 1e-6);
        Bm25.Weight(100, Bm25.Norm(1)).ShouldBeLessThan(2.2f);
        Bm25.Weight(1, Bm25.Norm(0.5f)).ShouldBeGreaterThan(Bm25.Weight(1, Bm25.Norm(2)));
    }

    [Theory]
    [InlineData("How are you? Fine.", 0.7, false, false, false)]
    [InlineData("We met Bert in May, three times.", 0, true, true, true)]
    [InlineData("OK, I may go", 0, false, false, false)]
    [InlineData("Last year", 0, true, false, false)]
    public void ItemTraits_OfAText_AreTold(string text, double questions, bool time, bool number, bool name)
    {
        var traits = ItemTraits.Of(text);

        ((double)traits.QuestionShare).ShouldBe(questions, 0.06);
        (traits.NamesTime, traits.NamesNumber, traits.NamesName).ShouldBe((time, number, name));
    }

    [Fact]
    public void Bonuses_ForDates_PreferTheDayToTheMonth()
    {
        var hints = new QueryHints { Days = [new DateOnly(2026, 3, 1)], Months = [new DateOnly(2025, 7, 1)] };

        Bonuses.Date(hints, Now).ShouldBe(2);
        Bonuses.Date(hints, Now.AddDays(3)).ShouldBe(1);
        Bonuses.Date(hints, new DateTimeOffset(2025, 7, 30, 0, 0, 0, TimeSpan.Zero)).ShouldBe(1);
        Bonuses.Date(hints, Now.AddDays(-1)).ShouldBe(0);
    }

    [Fact]
    public void Nudges_AtTheirMost_AreLessThanAnyOtherBonus()
    {
        double most = Bonuses.Salience(new SalienceLevel(1, Now), pinned: true, Now) + Bonuses.Recency(Now, Now);

        most.ShouldBeLessThan(Bonuses.AnswerType(new QueryHints { WantsTime = true }, new ItemTraits(0, true, false, false)));
        Bonuses.Salience(new SalienceLevel(0.8, Now), pinned: false, Now.AddDays(30)).ShouldBe(0.2, 1e-9);
        Bonuses.Salience(new SalienceLevel(0.8, Now), pinned: true, Now.AddDays(30)).ShouldBe(0.4, 1e-9);
        Bonuses.Recency(Now, Now.AddDays(30)).ShouldBe(0.125, 1e-9);
        Bonuses.Recency(Now, Now.AddYears(1)).ShouldBe(0);
    }

    [Fact]
    public void Unmatched_WithEveryBonus_StaysBelowTheWorstMatch()
    {
        var hints = new QueryHints { WantsName = true, WantsNumber = true, WantsTime = true, Days = [new DateOnly(2026, 3, 1)] };
        double most = Bonuses.NamedSpeaker(true) + Bonuses.FirstPerson(true, true) + Bonuses.Date(hints, Now)
            + Bonuses.AnswerType(hints, new ItemTraits(0, true, true, true))
            + Bonuses.Salience(new SalienceLevel(1, Now), true, Now) + Bonuses.Recency(Now, Now);

        Bonuses.MostFor(hints with { FirstPerson = true }, namesSpeaker: true).ShouldBeGreaterThanOrEqualTo(most);
        (most + Bonuses.Unmatched).ShouldBeLessThan(Bonuses.Question(1));
    }

    [Fact]
    public void Standardise_OfCosines_HasMeanZeroAndDeviationOne()
    {
        float[] scores = [0.7f, 0.75f, 0.8f, 0.9f];
        float[] same = [0.5f, 0.5f];

        VectorFusion.Standardise(scores);
        VectorFusion.Standardise(same);

        scores.Average().ShouldBe(0, 1e-5f);
        Math.Sqrt(scores.Average(score => score * score)).ShouldBe(1, 1e-4);
        same.ShouldBe([0, 0]);
    }

    [Fact]
    public void Cosine_OfOtherLengthsOrNothing_IsZero()
    {
        VectorFusion.Cosine([1, 0], [1, 0, 0]).ShouldBe(0);
        VectorFusion.Cosine([0, 0], [1, 0]).ShouldBe(0);
        VectorFusion.Cosine([2, 0], [1, 0]).ShouldBe(1);
    }

    private static int WordsOf(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
