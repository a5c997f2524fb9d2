using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    [Fact]
    public void Read_FieldsInAnyOrderAndNulls_AreFoundAllTheSame()
    {
        JsonObject fields = JsonNode.Parse(Rows.ToJson(Full))!.AsObject();
        var mixed = new JsonObject();
        foreach ((string name, JsonNode? value) in fields.Reverse())
        {
            mixed[name] = value?.DeepClone();
            mixed[$"null{name}"] = null;
        }

        MemoryItem read = ItemJson.Read(Encoding.UTF8.GetBytes(mixed.ToJsonString()), Full.Salience);
        Text(read).ShouldBe(Text(Full));

        MemoryItem turn = Turn(1, "Hello");
        JsonObject nulls = JsonNode.Parse(Rows.ToJson(turn))!.AsObject();
        nulls["title"] = null;
        nulls["until"] = null;
        nulls["metadata"] = null;
        Text(ItemJson.Read(Encoding.UTF8.GetBytes(nulls.ToJsonString()), turn.Salience)).ShouldBe(Text(turn));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("ends with a slash \\")]
    [InlineData("\\\"],\"derivedFrom\":[\"x\"],\"facts\":[{\\\"")]
    [InlineData("a\nb\r\n\tc\u0001\u001f\u007f [] {} , : null")]
    [InlineData("caf\u00e9, \u732b, \ud83c\udfbf and \u2028")]
    public void Read_TextOfAnyCharacters_ComesBackEverywhere(string text)
    {
        MemoryItem item = Full with
        {
            Text = text,
            Title = text,
            Speaker = text,
            Facts = [new EpisodeFact(text, [new TurnSource("s1", "t1")]), new EpisodeFact("next", [])],
            DerivedFrom = [text, text],
            Metadata = new Dictionary<string, MetadataValue> { [$"k{text}"] = new(text, null, null) },
        };

        Text(ItemJson.Read(Rows.ToJson(item), item.Salience)).ShouldBe(Text(item));
    }

    [Fact]
    public void Read_WithoutFacts_HasAllButThem()
    {
        MemoryItem read = ItemJson.Read(Rows.ToJson(Full), Full.Salience, withFacts: false);

        Text(read).ShouldBe(Text(Full with { Facts = [] }));
    }

    [Fact]
    public void Read_FactsOfALaterRelease_AreReadToTheirEnd()
    {
        string later = Text(Full).Replace("\"facts\":[{", "\"facts\":[{\"why\":[{\"x\":\"]}\"}],", StringComparison.Ordinal)
            .Replace(",\"derivedFrom\":", ",\"mood\":[1,2],\"derivedFrom\":", StringComparison.Ordinal);

        Text(ItemJson.Read(Encoding.UTF8.GetBytes(later), Full.Salience)).ShouldBe(Text(Full));
    }

    [Fact]
    public void Read_ExpectedScope_IsTakenAndAnotherIsNot()
    {
        ItemJson.Read(Rows.ToJson(Full), default, Anna).Scope.ShouldBeSameAs(Anna);
        ItemJson.Read(Rows.ToJson(Full), default, Anna with { User = "bob" }).Scope.ShouldBe(Anna);
        ItemJson.Read(Rows.ToJson(Full), default, Anna with { Tenant = "other" }).Scope.ShouldBe(Anna);
    }

    [Fact]
    public void Read_RowCutOffAnywhere_Throws()
    {
        byte[] whole = Rows.ToJson(Full);
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            Should.Throw<JsonException>(() => ItemJson.Read(cut, default));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"id":"t-1"}""")]
    [InlineData("""{"id":"t-1","kind":"dream"}""")]
    [InlineData("""{"id":"t-1","sources":{}}""")]
    public void Read_WhatIsNoItem_Throws(string json) =>
        Should.Throw<JsonException>(() => ItemJson.Read(Encoding.UTF8.GetBytes(json), default));

    private static string Text(MemoryItem item) => Encoding.UTF8.GetString(Rows.ToJson(item));
}
