using MemoryDapr.Distill;
using MemoryDapr.Distill.Rules;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Distill.Rules;

public sealed class RetellingTests
{
    private static readonly DateTimeOffset Said = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly RulesExtractor _extractor = new(new DistillOptions());

    [Theory]
    [InlineData("And remember that I am allergic to hazelnuts when you suggest places to eat there.", "Nora is allergic to hazelnuts.")]
    [InlineData("Please remember that my daughter's birthday is on 4 May.", "Nora's daughter's birthday is on 4 May.")]
    [InlineData("Note that the piano tuner comes every second Tuesday.", "Nora said the piano tuner comes every second Tuesday.")]
    [InlineData("Don't forget my sister arrives on Friday at noon.", "Nora's sister arrives on Friday at noon.")]
    [InlineData("Don’t forget that I have an exam in Graz.", "Nora has an exam in Graz.")]
    [InlineData("Can you remember that we prefer window seats when you book trains?", "Nora and others prefer window seats.")]
    [InlineData("Keep in mind I never eat pork, ok?", "Nora never eats pork.")]
    public void Extract_WhatIsToBeRemembered_IsAFactWithItsSubject(string content, string fact) =>
        Extract(content).Facts.ShouldHaveSingleItem().Text.ShouldBe(fact);

    [Theory]
    [InlineData("Don't forget the tickets for the Lisbon concert.", "Nora told Ada not to forget the tickets for the Lisbon concert.")]
    [InlineData("Perfect, please book it for half past nine, the concert ends at nine.", "Nora asked Ada to book it for half past nine, the concert ends at nine.")]
    [InlineData("Book a table for eight in Porto, please.", "Nora asked Ada to book a table for eight in Porto.")]
    [InlineData("Keep me posted on the garden in Ulm.", "Nora told Ada to keep them posted on the garden in Ulm.")]
    public void Extract_WhatIsToBeDone_IsToldAndNoFact(string content, string summary)
    {
        ExtractedEpisode episode = Extract(content);

        episode.Facts.ShouldBeEmpty();
        episode.Summary.ShouldBe(summary);
    }

    [Theory]
    [InlineData("My grandmother's blue teapot.", "Nora mentioned their grandmother's blue teapot.")]
    [InlineData("A black dress that I can play in.", "Nora mentioned a black dress that they can play in.")]
    [InlineData("Eight people, near the concert hall.", "Nora mentioned: Eight people, near the concert hall.")]
    [InlineData("Our old camper van with the orange curtains.", "Nora mentioned their old camper van with the orange curtains.")]
    public void Extract_NoVerb_IsMentionedAndNoFact(string content, string summary)
    {
        ExtractedEpisode episode = Extract(content);

        episode.Facts.ShouldBeEmpty();
        episode.Summary.ShouldBe(summary);
    }

    [Theory]
    [InlineData("My brother Mateus drives the van.", "Nora's brother Mateus drives the van.")]
    [InlineData("I painted the fence green, my neighbour Otto hated the colour.", "Nora painted the fence green, Nora's neighbour Otto hated the colour.")]
    [InlineData("I visited my sister in Ghent.", "Nora visited their sister in Ghent.")]
    [InlineData("The violin teacher knows my brother from Porto.", "Nora said the violin teacher knows Nora's brother from Porto.")]
    [InlineData("We play Dvořák's eighth symphony in Leipzig.", "Nora and others play Dvořák's eighth symphony in Leipzig.")]
    [InlineData("My parents live in Lyon and breed goats.", "Nora's parents live in Lyon and breed goats.")]
    [InlineData("The woman who lives next door is a retired pilot.", "Nora said the woman who lives next door is a retired pilot.")]
    [InlineData("The shop on Rua das Flores closes at six.", "Nora said the shop on Rua das Flores closes at six.")]
    [InlineData("The eagle symbolizes freedom and pride.", "Nora said the eagle symbolizes freedom and pride.")]
    [InlineData("Mateus works for a bakery in Braga.", "Nora said Mateus works for a bakery in Braga.")]
    [InlineData("Looking forward to the harbour festival in Split.", "Nora is looking forward to the harbour festival in Split.")]
    [InlineData("You seriously rescued the garden party.", "Nora said Ada seriously rescued the garden party.")]
    public void Extract_Statement_NamesWhoIsMeant(string content, string fact) =>
        Extract(content).Facts.ShouldHaveSingleItem().Text.ShouldBe(fact);

    [Theory]
    [InlineData("Yes please.")]
    [InlineData("They took me!")]
    [InlineData("Long time no see!")]
    [InlineData("Wonderful news!")]
    public void Extract_Politeness_MakesNothing(string content) => _extractor.Extract(Turns(content)).ShouldBeEmpty();

    [Fact]
    public void Extract_AnswerAboutSomebody_NamesThem()
    {
        ExtractedEpisode episode = _extractor.Extract(
            [Turn("Ada", TurnRole.Assistant, "How old is Inês?"), Turn("Nora", TurnRole.User, "She turned six last week.")]).ShouldHaveSingleItem();

        episode.Facts.ShouldHaveSingleItem().Text.ShouldBe("Nora said Inês turned six last week (week of 9 November 2026).");
    }

    [Fact]
    public void Extract_PronounOfNobodyNamed_IsNoFact()
    {
        ExtractedEpisode episode = Extract("She adopted a greyhound called Comet last month.");

        episode.Facts.ShouldBeEmpty();
        episode.Summary.ShouldContain("greyhound called Comet last month (October 2026)");
    }

    [Theory]
    [InlineData("Ich habe gestern in Leipzig eine rote Gitarre für 300 Euro gekauft.", "Leipzig", "Gitarre", "300 Euro")]
    [InlineData("J'ai visité le musée des Beaux-Arts avec Camille à Dijon en 2019.", "Camille", "Dijon", "2019")]
    [InlineData("昨天我在上海买了一台红色的钢琴。", "上海", "钢琴", "昨天")]
    [InlineData("اشتريت أمس سيارة حمراء من دبي بسعر جيد.", "اشتريت", "سيارة", "حمراء")]
    [InlineData("Příšerně žluťoučký koníček.", "Příšerně", "Nora", "…")]
    public void Extract_OneSentenceOfAnotherLanguage_IsNotCopiedWhole(string content, params string[] kept)
    {
        ExtractedEpisode episode = Extract(content);

        episode.Summary.ShouldNotContain(content.TrimEnd('.', '。'));
        episode.Title.ShouldNotContain(content);
        foreach (string word in kept)
        {
            episode.Summary.ShouldContain(word);
        }
    }

    private ExtractedEpisode Extract(string content) => _extractor.Extract(Turns(content)).ShouldHaveSingleItem();

    /// <summary>The words are Nora's, who speaks with Ada, an assistant.</summary>
    private static SourceTurn[] Turns(string content) => [Turn("Nora", TurnRole.User, content), Turn("Ada", TurnRole.Assistant, "Ok!")];

    private static SourceTurn Turn(string speaker, TurnRole role, string content) => new("turn", role, speaker, content, Said);
}
