using System.Text;
using System.Text.Json;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Types;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("It's <b>\"quoted\"</b> & \\ slashed/")]
    [InlineData("\n")]
    [InlineData("\"")]
    [InlineData("a\nb\r\n\tc\u0001\u001f\u007f")]
    [InlineData("caf\u00e9, \u732b, \u043a\u043e\u0442, \u0e41\u0e21\u0e27")]
    [InlineData("\ud83c\udfbf at the start, \ud83d\ude00\ud83d\ude00 and the end \ud83c\udfbf")]
    [InlineData("\u2028 \u2029 \ufeff \ufffe \uffff \ue000 \u0378")]
    public void Text_AnyCharacters_IsWhatTheSerializerWrites(string value)
    {
        foreach (string text in new[] { value, value + value, $"{value} {value}", string.Concat(Enumerable.Repeat(value, 5000)) })
        {
            Written(json => json.Text(text)).ShouldBe(JsonSerializer.Serialize(text, MemoryJson.Unescaped));
        }
    }

    // No attribute can hold half a surrogate pair.
    [Fact]
    public void Text_HalvesOfPairs_IsWhatTheSerializerWrites()
    {
        const string Halves = "half \ud83c, the other \udfbf, turned round \udfbf\ud83c and \ud83c";
        foreach (string text in new[] { Halves, string.Concat(Enumerable.Repeat(Halves, 500)), new string('\ud83c', 200) })
        {
            Written(json => json.Text(text)).ShouldBe(JsonSerializer.Serialize(text, MemoryJson.Unescaped));
        }
    }

    [Fact]
    public void Text_EveryCharacterThereIs_IsWhatTheSerializerWrites()
    {
        var text = new StringBuilder();
        for (int code = 0; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 7)
        {
            text.Append(code is >= 0xD800 and <= 0xDFFF ? "\ud83d\ude00" : char.ConvertFromUtf32(code));
        }

        Written(json => json.Text(text.ToString())).ShouldBe(JsonSerializer.Serialize(text.ToString(), MemoryJson.Unescaped));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(0.1)]
    [InlineData(-12.345678901234567)]
    [InlineData(1e300)]
    [InlineData(-5e-324)]
    [InlineData(1e16)]
    [InlineData(0.00001)]
    [InlineData(0.0001)]
    [InlineData(0.000099)]
    [InlineData(0.123456)]
    [InlineData(0.1234567)]
    [InlineData(-0.5)]
    [InlineData(0.1 + 0.2)]
    [InlineData(17)]
    [InlineData(17.000001)]
    [InlineData(17.0000005)]
    [InlineData(999999999.999999)]
    [InlineData(1e9)]
    [InlineData(9007199254740993)]
    [InlineData(double.MaxValue)]
    public void Number_AnyDouble_IsWhatTheSerializerWrites(double value) =>
        Written(json => json.Number(value)).ShouldBe(JsonSerializer.Serialize(value, MemoryJson.Unescaped));

    [Fact]
    public void Number_RoundedOrNextToIt_IsWhatTheSerializerWrites()
    {
        Random random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            double rounded = Math.Round(random.NextDouble() * Math.Pow(10, random.Next(-5, 10)), random.Next(0, 7));
            foreach (double value in new[] { rounded, Math.BitIncrement(rounded), Math.BitDecrement(rounded) })
            {
                Written(json => json.Number(value)).ShouldBe(JsonSerializer.Serialize(value, MemoryJson.Unescaped));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Number_AnyLong_IsWhatTheSerializerWrites(long value) =>
        Written(json => json.Number(value)).ShouldBe(JsonSerializer.Serialize(value, MemoryJson.Unescaped));

    [Theory]
    [InlineData("2026-03-01T09:30:00+00:00")]
    [InlineData("2026-03-01T09:30:00.1+00:00")]
    [InlineData("2026-03-01T09:30:10.0000001+00:00")]
    [InlineData("2026-03-01T09:30:00.1200000+05:30")]
    [InlineData("0001-01-01T00:00:00+00:00")]
    [InlineData("9999-12-31T12:59:59.9999999-11:00")]
    public void Time_AnyMoment_IsWhatTheSerializerWrites(string moment)
    {
        DateTimeOffset time = DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);

        Written(json => json.Time(time)).ShouldBe(JsonSerializer.Serialize(time, MemoryJson.Unescaped));
    }

    [Fact]
    public void Clear_AfterWriting_LeavesNothing()
    {
        JsonText json = new();
        json.Flag(true);
        json.Day(new DateOnly(2026, 3, 1));
        Encoding.UTF8.GetString(json.Written.Span).ShouldBe("true\"2026-03-01\"");

        json.Clear();

        json.Written.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void GetSpan_ForTheSerializer_IsWrittenAfterTheRest()
    {
        JsonText json = new();
        json.Raw("[1,"u8);
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { SkipValidation = true }))
        {
            JsonSerializer.Serialize(writer, new string('x', 40_000), MemoryJson.Options);
        }

        json.Raw("]"u8);

        Encoding.UTF8.GetString(json.Written.Span).ShouldBe($"[1,\"{new string('x', 40_000)}\"]");
    }

    private static string Written(Action<JsonText> write)
    {
        JsonText json = new();
        write(json);
        return Encoding.UTF8.GetString(json.Written.Span);
    }
}
