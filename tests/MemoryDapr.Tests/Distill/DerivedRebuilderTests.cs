using MemoryDapr.Distill;
using MemoryDapr.Distill.Rules;
using MemoryDapr.Models;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Distill;

public sealed class DerivedRebuilderTests
{
    private static readonly DateTimeOffset Said = new(2026, 5, 8, 13, 56, 0, TimeSpan.Zero);
    private readonly DerivedRebuilder _rebuilder = new(new RulesExtractor(new DistillOptions()), new HashedSimilarity());

    [Fact]
    public void Rebuild_Episode_KeepsNoWordOfWhatWasErased()
    {
        MemoryItem known = Item(MemoryKind.Episode, "Ann divorced Gregor in Salzburg. Ann bought a canoe in Ghent.") with
        {
            Title = "Ann: divorced Gregor, canoe",
            Facts = [new EpisodeFact("Ann divorced Gregor in Salzburg.", [Source("gone")]), new EpisodeFact("Ann bought a canoe in Ghent.", [Source("left")])],
            Sources = [Source("gone"), Source("left")],
        };

        MemoryItem rebuilt = _rebuilder.Rebuild(known, [Turn("left", "I bought a canoe in Ghent.")], Said.AddDays(1)).ShouldNotBeNull();

        rebuilt.Text.ShouldBe("Ann bought a canoe in Ghent.");
        rebuilt.Sources.ShouldBe([Source("left")]);
        EpisodeFact fact = rebuilt.Facts.ShouldHaveSingleItem();
        fact.Sources.ShouldBe([Source("left")]);
        string all = $"{rebuilt.Title} {rebuilt.Text} {fact.Text}";
        foreach (string word in new[] { "divorced", "Gregor", "Salzburg" })
        {
            all.ShouldNotContain(word);
        }

        (rebuilt.Id, rebuilt.Version).ShouldBe((known.Id, known.Version + 1));
    }

    [Fact]
    public void Rebuild_FactThatTheRestStates_IsStatedInTheWordsOfTheRest()
    {
        MemoryItem known = Item(MemoryKind.Fact, "Ann bought a green canoe in Ghent from Gregor.") with { Sources = [Source("gone"), Source("left")] };

        MemoryItem rebuilt = _rebuilder.Rebuild(known, [Turn("left", "I bought a canoe in Ghent.")], Said).ShouldNotBeNull();

        rebuilt.Text.ShouldBe("Ann bought a canoe in Ghent.");
        rebuilt.Sources.ShouldBe([Source("left")]);
    }

    [Theory]
    [InlineData("I water the orchids every Tuesday.")]
    [InlineData("Hey! How are you?")]
    public void Rebuild_FactThatNothingOfTheRestStates_IsGone(string left) =>
        _rebuilder.Rebuild(Item(MemoryKind.Fact, "Ann divorced Gregor in Salzburg."), [Turn("left", left)], Said).ShouldBeNull();

    [Fact]
    public void Rebuild_NothingLeft_IsGone() =>
        _rebuilder.Rebuild(Item(MemoryKind.Episode, "Ann divorced Gregor."), [], Said).ShouldBeNull();

    private static TurnSource Source(string turn) => new("one", turn);

    private static MemoryItem Turn(string id, string content) => Item(MemoryKind.Turn, content) with
    {
        TurnId = id,
        Role = TurnRole.User,
        Speaker = "Ann",
        SessionId = "one",
    };

    private static MemoryItem Item(MemoryKind kind, string text) => new()
    {
        Id = "x-0123456789abcdef0123-0123456789abcdef01234567",
        Scope = new Scope("default", "ann"),
        Kind = kind,
        Text = text,
        At = Said,
        Salience = SalienceLevel.New(Said),
        CreatedAt = Said,
        UpdatedAt = Said,
    };
}
