using System.Reflection;
using System.Text;
using System.Text.Json;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

public sealed class ItemJsonTests
{
    // No property has its default: one that is forgotten shows.
    private static readonly MemoryItem Full = new()
    {
        Id = "e-0123456789abcdef0123-0123456789abcdef01234567",
        Scope = Anna,
        Kind = MemoryKind.Episode,
        Text = "It's \"quoted\", <tagged>, with a \\ and a\nline, 猫 and 🎿.",
        Title = "Ein Titel",
        SessionId = "s1",
        TurnId = "t1",
        Ordinal = 7,
        Role = TurnRole.Assistant,
        Speaker = "Zoë",
        HasClientId = true,
        At = Start,
        Until = Start.AddMinutes(1.5),
        Sources = [new TurnSource("s1", "t1"), new TurnSource("s2", "t\"2")],
        Facts = [new EpisodeFact("Anna's cat is Miso.", [new TurnSource("s1", "t3"), new TurnSource("s9", "t1")]), new EpisodeFact("Two", [])],
        DerivedFrom = ["e-1", "e-2"],
        ValidFrom = Start.AddDays(-1),
        ValidTo = Start.AddDays(1),
        Metadata = new Dictionary<string, MetadataValue>
        {
            ["text"] = new("x", null, null), ["number"] = new(null, 1.25, null), ["flag"] = new(null, null, true),
        },
        Salience = new SalienceLevel(0.75, Start.AddHours(2)),
        Pinned = true,
        Promoted = true,
        CreatedAt = Start.AddHours(1),
        UpdatedAt = Start.AddHours(3),
        Version = 4,
    };

    [Fact]
    public void Read_ItemWithEveryField_GivesThemAllBack()
    {
        var plain = new MemoryItem
        {
            Id = "", Scope = Anna, Kind = default, Text = "", At = default, Salience = default, CreatedAt = default, UpdatedAt = default,
        };
        string[] unset = [.. typeof(MemoryItem).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name != nameof(MemoryItem.Scope) && Equals(property.GetValue(Full), property.GetValue(plain)))
            .Select(property => property.Name)];
        unset.ShouldBeEmpty("every field is to be tried");

        MemoryItem read = ItemJson.Read(Rows.ToJson(Full), Full.Salience);

        Text(read).ShouldBe(Text(Full));
    }

    [Fact]
    public void Read_ItemWithOnlyWhatAllHave_HasTheDefaults()
    {
        MemoryItem turn = Turn(1, "Hello");

        Text(ItemJson.Read(Rows.ToJson(turn), turn.Salience)).ShouldBe(Text(turn));
    }

    [Fact]
    public void Read_FieldsOfALaterRelease_PassesOverThem()
    {
        MemoryItem turn = Turn(1, "Hello");
        string later = Text(turn)[..^1] + ""","mood":{"deep":[1,{"x":null}]},"tint":null}""";

        Text(ItemJson.Read(Encoding.UTF8.GetBytes(later), turn.Salience)).ShouldBe(Text(turn));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"id":"t-1"}""")]
    [InlineData("""{"id":"t-1","kind":"dream"}""")]
    [InlineData("""{"id":"t-1","sources":{}}""")]
    public void Read_WhatIsNoItem_Throws(string json) =>
        Should.Throw<JsonException>(() => ItemJson.Read(Encoding.UTF8.GetBytes(json), default));

    private static string Text(MemoryItem item) => Encoding.UTF8.GetString(Rows.ToJson(item));
}
