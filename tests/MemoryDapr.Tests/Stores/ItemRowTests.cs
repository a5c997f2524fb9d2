using System.Reflection;
using System.Text;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

public sealed class ItemRowTests
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

        Text(Reread(Full)).ShouldBe(Text(Full));
    }

    [Fact]
    public void Read_ItemWithOnlyWhatAllHave_HasTheDefaults()
    {
        MemoryItem turn = Turn(1, "Hello");

        Text(Reread(turn)).ShouldBe(Text(turn));
    }

    [Fact]
    public void Read_ValuesAtTheirLimits_ComeBack()
    {
        MemoryItem item = Full with
        {
            At = DateTimeOffset.MinValue, Until = DateTimeOffset.MinValue, ValidTo = DateTimeOffset.MaxValue, Ordinal = long.MaxValue, Version = 128, Text = "",
        };

        Text(Reread(item)).ShouldBe(Text(item));
    }

    [Fact]
    public void Read_TimeOfAnotherOffset_IsTheSameMoment()
    {
        MemoryItem read = Reread(Full with { ValidFrom = new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.FromHours(2)) });

        read.ValidFrom.ShouldBe(new DateTimeOffset(2026, 2, 28, 23, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Read_FieldsOfALaterRelease_PassesOverThem()
    {
        byte[] later = [.. ItemRow.Write(Full), 3, 1, 2, 3];

        Text(ItemRow.Read(later, ItemRow.WriteFacts(Full), Full.Salience)).ShouldBe(Text(Full));
    }

    [Fact]
    public void Read_RowOfAnEarlierRelease_IsItsJson()
    {
        MemoryItem other = Full with { Salience = new SalienceLevel(0.25, Start) };

        Text(ItemRow.Read(Rows.ToJson(Full), [], other.Salience)).ShouldBe(Text(other));
    }

    [Fact]
    public void Write_Turn_IsHalfOfItsJson()
    {
        MemoryItem turn = Turn(1, "I adopted a kitten from the shelter on Sunday and called her Miso.");

        (ItemRow.Write(turn).Length * 2).ShouldBeLessThan(Rows.ToJson(turn).Length);
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

        Text(Reread(item)).ShouldBe(Text(item));
    }

    [Fact]
    public void Read_WithoutFacts_HasAllButThem()
    {
        MemoryItem read = ItemRow.Read(ItemRow.Write(Full), [], Full.Salience);

        Text(read).ShouldBe(Text(Full with { Facts = [] }));
    }

    [Fact]
    public void Read_ExpectedScope_IsTakenAndAnotherIsNot()
    {
        byte[] row = ItemRow.Write(Full);

        ItemRow.Read(row, [], default, Anna).Scope.ShouldBeSameAs(Anna);
        ItemRow.Read(row, [], default, Anna with { User = "bob" }).Scope.ShouldBe(Anna);
        ItemRow.Read(row, [], default, Anna with { Tenant = "other" }).Scope.ShouldBe(Anna);
    }

    [Fact]
    public void Read_RowCutOffAnywhere_Throws()
    {
        byte[] row = ItemRow.Write(Full);
        byte[] facts = ItemRow.WriteFacts(Full)!;

        for (int length = 0; length < row.Length; length++)
        {
            byte[] cut = row[..length];
            Should.Throw<InvalidDataException>(() => ItemRow.Read(cut, facts, default), $"at {length}");
        }

        for (int length = 1; length < facts.Length; length++)
        {
            byte[] cut = facts[..length];
            Should.Throw<InvalidDataException>(() => ItemRow.Read(row, cut, default), $"of facts at {length}");
        }
    }

    [Fact]
    public void Read_OneByteDamaged_IsAnotherItemOrThrowsWhatCallersExpect()
    {
        byte[] row = ItemRow.Write(Full);
        for (int place = 0; place < row.Length; place++)
        {
            foreach (byte damage in new byte[] { 0x00, 0x7F, 0x80, 0xFF })
            {
                byte[] damaged = [.. row];
                damaged[place] = damage;
                try
                {
                    ItemRow.Read(damaged, [], default).Id.Length.ShouldBeLessThan(row.Length);
                }
                catch (InvalidDataException exception)
                {
                    exception.Message.ShouldContain("broken");
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"id":"t-1"}""")]
    public void Read_WhatIsNoItem_Throws(string row) =>
        Should.Throw<InvalidDataException>(() => ItemRow.Read(Encoding.UTF8.GetBytes(row), [], default));

    private static MemoryItem Reread(MemoryItem item) => ItemRow.Read(ItemRow.Write(item), ItemRow.WriteFacts(item), item.Salience);

    private static string Text(MemoryItem item) => Encoding.UTF8.GetString(Rows.ToJson(item));
}
