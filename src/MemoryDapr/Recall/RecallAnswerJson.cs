using System.Text;
using System.Text.Json;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>
/// Writes an answer just as the serializer does with <see cref="MemoryJson.Options"/> and unescaped text, in a fraction of its time: it is
/// what most requests to the service end with.
/// </summary>
internal static class RecallAnswerJson
{
    private static readonly byte[][] Kinds = Names<MemoryKind>();
    private static readonly byte[][] Tiers = Names<MemoryTier>();
    private static readonly byte[][] Roles = Names<TurnRole>();
    private static readonly byte[][] Intents = Names<IntentKind>();

    public static void Write(JsonText json, RecallAnswer answer)
    {
        Write(json, answer.Intent);
        json.Raw(""","items":["""u8);
        for (int i = 0; i < answer.Items.Count; i++)
        {
            json.Raw(i == 0 ? ""u8 : ","u8);
            Write(json, answer.Items[i]);
        }

        json.Raw("""],"context":"""u8);
        answer.Context.WriteTo(json);
        json.Raw(""","tokens":"""u8);
        json.Number(answer.Tokens);
        if (answer.SubjectMismatch is { } mismatch)
        {
            json.Raw(""","subjectMismatch":"""u8);
            json.Flag(mismatch);
        }

        if (answer.Degraded is { } degraded)
        {
            json.Raw(""","degraded":"""u8);
            Write(json, degraded);
        }

        Write(json, answer.Timings);
        json.Raw("}"u8);
    }

    private static void Write(JsonText json, RecallIntent intent)
    {
        json.Raw("""{"intent":{"kind":"""u8);
        json.Raw(Intents[(int)intent.Kind]);
        json.Raw(""","firstPerson":"""u8);
        json.Flag(intent.FirstPerson);
        json.Raw(""","days":"""u8);
        Write(json, intent.Days);
        json.Raw(""","months":"""u8);
        Write(json, intent.Months);
        json.Raw("}"u8);
    }

    private static void Write(JsonText json, RecalledItem item)
    {
        json.Raw("""{"id":"""u8);
        json.Text(item.Id);
        json.Raw(""","tier":"""u8);
        json.Raw(Tiers[(int)item.Tier]);
        json.Raw(""","kind":"""u8);
        json.Raw(Kinds[(int)item.Kind]);
        WriteIfThere(json, ""","title":"""u8, item.Title);
        json.Raw(""","text":"""u8);
        json.Text(item.Text);
        json.Raw(""","score":"""u8);
        json.Number(item.Score);
        json.Raw(""","salience":"""u8);
        json.Number(item.Salience);
        json.Raw(""","at":"""u8);
        json.Time(item.At);
        WriteIfThere(json, ""","until":"""u8, item.Until);
        WriteIfThere(json, ""","sessionId":"""u8, item.SessionId);
        if (item.Role is { } role)
        {
            json.Raw(""","role":"""u8);
            json.Raw(Roles[(int)role]);
        }

        WriteIfThere(json, ""","speaker":"""u8, item.Speaker);
        json.Raw(""","turnIds":"""u8);
        Write(json, item.TurnIds);
        Write(json, item.Sources);
        WriteIfThere(json, ""","validFrom":"""u8, item.ValidFrom);
        WriteIfThere(json, ""","validTo":"""u8, item.ValidTo);
        if (item.Metadata is { } metadata)
        {
            json.Raw(""","metadata":"""u8);
            json.Raw(JsonSerializer.SerializeToUtf8Bytes(metadata, MemoryJson.Unescaped));
        }

        if (item.Explain is { } parts)
        {
            Write(json, parts);
        }

        json.Raw("}"u8);
    }

    private static void Write(JsonText json, IReadOnlyList<TurnSource> sources)
    {
        json.Raw(""","sources":["""u8);
        for (int i = 0; i < sources.Count; i++)
        {
            json.Raw(i == 0 ? """{"sessionId":"""u8 : """,{"sessionId":"""u8);
            json.Text(sources[i].SessionId);
            json.Raw(""","turnId":"""u8);
            json.Text(sources[i].TurnId);
            json.Raw("}"u8);
        }

        json.Raw("]"u8);
    }

    private static void Write(JsonText json, IReadOnlyList<ScorePart> parts)
    {
        json.Raw(""","explain":["""u8);
        for (int i = 0; i < parts.Count; i++)
        {
            json.Raw(i == 0 ? """{"name":"""u8 : """,{"name":"""u8);
            json.Text(parts[i].Name);
            json.Raw(""","value":"""u8);
            json.Number(parts[i].Value);
            json.Raw("}"u8);
        }

        json.Raw("]"u8);
    }

    private static void Write(JsonText json, RecallTimings timings)
    {
        json.Raw(""","timings":{"windowMs":"""u8);
        json.Number(timings.WindowMs);
        json.Raw(""","planMs":"""u8);
        json.Number(timings.PlanMs);
        json.Raw(""","searchMs":"""u8);
        json.Number(timings.SearchMs);
        json.Raw(""","packMs":"""u8);
        json.Number(timings.PackMs);
        json.Raw(""","totalMs":"""u8);
        json.Number(timings.TotalMs);
        json.Raw("}"u8);
    }

    private static void Write(JsonText json, IReadOnlyList<string> values)
    {
        json.Raw("["u8);
        for (int i = 0; i < values.Count; i++)
        {
            json.Raw(i == 0 ? ""u8 : ","u8);
            json.Text(values[i]);
        }

        json.Raw("]"u8);
    }

    private static void Write(JsonText json, IReadOnlyList<DateOnly> values)
    {
        json.Raw("["u8);
        for (int i = 0; i < values.Count; i++)
        {
            json.Raw(i == 0 ? ""u8 : ","u8);
            json.Day(values[i]);
        }

        json.Raw("]"u8);
    }

    private static void WriteIfThere(JsonText json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.Raw(name);
            json.Text(value);
        }
    }

    private static void WriteIfThere(JsonText json, ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            json.Raw(name);
            json.Time(time);
        }
    }

    private static byte[][] Names<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => Encoding.UTF8.GetBytes($"\"{JsonNamingPolicy.CamelCase.ConvertName(value.ToString())}\""))];
}
