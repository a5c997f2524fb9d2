using System.Text;
using System.Text.Json;
using MemoryDapr.Recall;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Recall;

public sealed class RecallAnswerJsonTests
{
    private static readonly RecalledItem Full = new()
    {
        Id = "t-0123456789abcdef0123-0123456789abcdef01234567",
        Tier = MemoryTier.Semantic,
        Kind = MemoryKind.Document,
        Title = "A <title>",
        Text = "It's \"quoted\" with a \\ and a\nline, 猫 and 🎿.",
        Score = 12.345678901,
        Salience = 0.5,
        At = Start,
        Until = Start.AddMilliseconds(1.5),
        SessionId = "s1",
        Role = TurnRole.Tool,
        Speaker = "Zoë",
        TurnIds = ["t1", "t:2"],
        Sources = [new TurnSource("s1", "t1"), new TurnSource("s2", "t:2")],
        ValidFrom = Start.AddDays(-1),
        ValidTo = Start.AddDays(1),
        Metadata = new Dictionary<string, MetadataValue> { ["text"] = new("x", null, null), ["number"] = new(null, -0.25, null), ["flag"] = new(null, null, false) },
        Explain = [new ScorePart("text", 12.5), new ScorePart("salience", -0.154321099)],
        Ordinal = 3,
    };

    private static readonly RecalledItem Least = new()
    {
        Id = "f-1", Tier = MemoryTier.Working, Kind = MemoryKind.Fact, Text = "", Score = 0, Salience = 1, At = default, TurnIds = [], Sources = [],
    };

    [Fact]
    public void Write_AnswerWithEveryField_IsWhatTheSerializerWrites()
    {
        string[] unset = [.. typeof(RecalledItem).GetProperties()
            .Where(property => Equals(property.GetValue(Full), property.GetValue(Least)))
            .Select(property => property.Name)];
        unset.ShouldBeEmpty("every field is to be tried");
        RecallAnswer answer = Answer(Full, Least) with
        {
            Intent = new RecallIntent(IntentKind.Time, true, [new DateOnly(2026, 3, 1)], [new DateOnly(2026, 2, 1), new DateOnly(2025, 12, 1)]),
            SubjectMismatch = true,
            Degraded = ["window", "rerank"],
            Timings = new RecallTimings(0, 0.013, 1.5, 1e-7, 123456.789),
        };

        answer.Context.ToString().ShouldContain("Zoë");
        answer.Tokens.ShouldBeGreaterThan(0);
        Written(answer).ShouldBe(JsonSerializer.Serialize(answer, MemoryJson.Unescaped));
    }

    [Fact]
    public void Write_AnswerWithNothing_IsWhatTheSerializerWrites()
    {
        RecallAnswer answer = Answer();

        Written(answer).ShouldBe(JsonSerializer.Serialize(answer, MemoryJson.Unescaped));
    }

    [Fact]
    public void Write_AnswerLargerThanItsBuffer_IsWhatTheSerializerWrites()
    {
        RecallAnswer answer = Answer([.. Enumerable.Repeat(Full with { Text = new string('猫', 5000) }, 20)]) with { SubjectMismatch = false };

        Written(answer).ShouldBe(JsonSerializer.Serialize(answer, MemoryJson.Unescaped));
    }

    private static RecallAnswer Answer(params RecalledItem[] items)
    {
        PackedContext context = ContextPacker.Pack(items, 1_000_000);
        return new(new RecallIntent(IntentKind.Open, false, [], []), items, context, context.Tokens, null, null, new RecallTimings(0, 0, 0, 0, 0));
    }

    private static string Written(RecallAnswer answer)
    {
        JsonText json = new();
        RecallAnswerJson.Write(json, answer);
        return Encoding.UTF8.GetString(json.Written.Span);
    }
}
