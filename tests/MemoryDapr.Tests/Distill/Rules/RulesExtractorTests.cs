using MemoryDapr.Distill;
using MemoryDapr.Distill.Rules;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Distill.Rules;

public sealed class RulesExtractorTests
{
    private static readonly DateTimeOffset Said = new(2023, 5, 8, 13, 56, 0, TimeSpan.Zero);
    private readonly RulesExtractor _extractor = new(new DistillOptions());

    [Fact]
    public void Extract_ConversationOfTwo_RetellsItInTheThirdPersonWithDates()
    {
        ExtractedEpisode episode = _extractor.Extract(
        [
            Turn("Caroline", "Hey Mel! Good to see you! How have you been?"),
            Turn("Melanie", "Hey Caroline! Good to see you! I'm swamped with the kids & work. What's up with you?"),
            Turn("Caroline", "I went to a LGBTQ support group yesterday and it was so powerful."),
            Turn("Melanie", "Wow, that's cool, Caroline! What happened that was so awesome?"),
            Turn("Caroline", "I met 12 people there and I am thankful for their stories. My grandma in Sweden would love them."),
        ]).ShouldHaveSingleItem();

        episode.Turns.ShouldBe([0, 1, 2, 3, 4]);
        episode.Title.ShouldStartWith("Caroline and Melanie: ");
        episode.Facts.Select(fact => fact.Text).ShouldBe(
        [
            "Melanie is swamped with the kids & work.",
            "Caroline went to a LGBTQ support group yesterday (7 May 2023) and it was so powerful.",
            "Caroline met 12 people there and is thankful for their stories.",
            "Caroline's grandma in Sweden would love them.",
        ]);
        episode.Facts[1].Turns.ShouldBe([2]);
        episode.Summary.ShouldContain("support group yesterday (7 May 2023)");
        episode.Summary.ShouldNotContain("Good to see you");
        episode.Summary.ShouldNotContain("?");
    }

    [Fact]
    public void Extract_UserAndAssistant_TakesFactsFromTheUserOnly()
    {
        ExtractedEpisode episode = _extractor.Extract(
        [
            Turn(null, "I moved to Lisbon last month and my new office is near Rossio station."),
            Turn(null, "You should visit the Belém tower, it opens at 9:30 every day.", TurnRole.Assistant),
        ]).ShouldHaveSingleItem();

        ExtractedFact fact = episode.Facts.ShouldHaveSingleItem();
        fact.Text.ShouldBe("The user moved to Lisbon last month (April 2023) and their new office is near Rossio station.");
        episode.Summary.ShouldContain("The assistant said the user should visit the Belém tower, it opens at 9:30 every day.");
    }

    [Theory]
    [InlineData("Ich habe gestern in Leipzig eine rote Gitarre für 300 Euro gekauft. Das war schön. Wie geht es dir?", "300 Euro")]
    [InlineData("昨天我在上海买了一台红色的钢琴。你好吗？天气很好。", "红色的钢琴")]
    [InlineData("اشتريت أمس سيارة حمراء من دبي بسعر جيد. كيف حالك؟ الجو جميل جدا اليوم.", "سيارة حمراء")]
    public void Extract_OtherLanguages_QuotesTheSentenceWithSpeakerAndDay(string content, string kept)
    {
        ExtractedEpisode episode = _extractor.Extract([Turn("Ana", content)]).ShouldHaveSingleItem();

        episode.Facts.ShouldContain(fact => fact.Text.Contains(kept) && fact.Text.StartsWith("Ana (8 May 2023): ", StringComparison.Ordinal));
        episode.Summary.ShouldNotContain(content);
        episode.Title.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Extract_OnlySmallTalk_MakesNothing() =>
        _extractor.Extract([Turn("Ann", "Hey Bob! How are you?"), Turn("Bob", "Hi Ann! Good, thanks. You?"), Turn("Ann", "😀👍")]).ShouldBeEmpty();

    [Fact]
    public void Extract_NoTurns_MakesNothing() => _extractor.Extract([]).ShouldBeEmpty();

    [Fact]
    public void Extract_PauseOfHours_BeginsANewEpisode()
    {
        IReadOnlyList<ExtractedEpisode> episodes = _extractor.Extract(
        [
            Turn("Ann", "I bought a canoe for the lake trip."),
            Turn("Ann", "I painted the canoe green.", at: Said.AddMinutes(5)),
            Turn("Ann", "I sold the canoe to Robert.", at: Said.AddHours(5)),
        ]);

        episodes.Select(episode => episode.Turns.Count).ShouldBe([2, 1]);
    }

    [Fact]
    public void Extract_TopicChanges_DividesThereAndNowhereElse()
    {
        string[] sailing = ["boat", "harbour", "sails", "boat rope", "harbour crew", "sails and rope"];
        string[] baking = ["bread oven", "flour", "sourdough bread", "oven tray", "flour and sourdough", "tray of bread"];
        SourceTurn[] turns =
        [
            .. sailing.Select(thing => Turn("Ann", $"I repaired the {thing} with boat paint, sails and harbour tools.")),
            .. baking.Select(thing => Turn("Ann", $"I warmed the {thing} for sourdough bread, flour in an oven.")),
        ];

        _extractor.Extract(turns).Select(episode => episode.Turns.Count).ShouldBe([6, 6]);
    }

    [Fact]
    public void Extract_LongMonologue_StaysWithinEveryLimit()
    {
        var options = new DistillOptions { MaxTurnsPerEpisode = 10, SummaryCharacters = 300, MaxFactsPerEpisode = 5 };
        SourceTurn[] turns =
            [.. Enumerable.Range(0, 95).Select(n => Turn("Ann", $"I visited museum number {n} in Vienna and bought {n} postcards " + new string('x', 400)))];

        IReadOnlyList<ExtractedEpisode> episodes = new RulesExtractor(options).Extract(turns);

        episodes.SelectMany(episode => episode.Turns).ShouldBe(Enumerable.Range(0, 95));
        episodes.ShouldAllBe(episode => episode.Turns.Count <= 10 && episode.Summary.Length <= 300 && episode.Facts.Count <= 5 && episode.Title.Length <= 100);
    }

    [Fact]
    public void Read_PastedMemoriesAndInstructions_AreNoSource()
    {
        MemoryItem said = Item("I live in Oslo.", TurnRole.User);
        MemoryItem pasted = Item($"<memory items=\"1\">\n[m:{said.Id}] I live in Oslo.\n</memory>", TurnRole.User);

        SourceTurn.Read([said, pasted, Item("Be brief.", TurnRole.System), Item("{}", TurnRole.Tool)])
            .ShouldHaveSingleItem().Content.ShouldBe("I live in Oslo.");
    }

    private static MemoryItem Item(string text, TurnRole role) => new()
    {
        Id = "t-0123456789abcdef0123-0123456789abcdef01234567",
        Scope = new Scope("default", "ann"),
        Kind = MemoryKind.Turn,
        Text = text,
        TurnId = "1",
        Role = role,
        At = Said,
        Salience = SalienceLevel.New(Said),
        CreatedAt = Said,
        UpdatedAt = Said,
    };

    private static SourceTurn Turn(string? speaker, string content, TurnRole role = TurnRole.User, DateTimeOffset? at = null) =>
        new("turn", role, speaker, content, at ?? Said);
}
