using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Requests;

/// <summary>Reads the values that a request's fields hold.</summary>
internal static class JsonLeaf
{
    public static bool IsLeaf(Type type) =>
        type.IsEnum || type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(bool)
        || type == typeof(DateTimeOffset) || type == typeof(MetadataValue);

    /// <summary>The value; null and the rule that it breaks.</summary>
    public static object? Read(JsonElement json, Type type, out string rule, out string message)
    {
        rule = "type";
        if (type == typeof(string))
        {
            message = "Must be a string.";
            return json.ValueKind == JsonValueKind.String ? Text(json, out rule, out message) : null;
        }

        if (type == typeof(DateTimeOffset))
        {
            rule = json.ValueKind == JsonValueKind.String ? "time" : "type";
            message = "Must be a time as in ISO 8601, e.g. 2026-03-01T09:30:00Z.";
            return Time(json);
        }

        if (type == typeof(bool))
        {
            message = "Must be true or false.";
            return json.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
        }

        if (type == typeof(MetadataValue))
        {
            return Metadata(json, out rule, out message);
        }

        if (type.IsEnum)
        {
            rule = json.ValueKind == JsonValueKind.String ? "enum" : "type";
            object? member = json.ValueKind == JsonValueKind.String && Text(json, out _, out _) is { } name ? EnumNames.Parse(type, name) : null;
            message = member is null ? $"Must be one of {string.Join(", ", EnumNames.Of(type))}." : "";
            return member;
        }

        if (type == typeof(double))
        {
            message = "Must be a finite number.";
            return json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out double number) && double.IsFinite(number) ? number : null;
        }

        message = "Must be a whole number.";
        return WholeNumber(json) is not { } whole ? null : type == typeof(long) ? whole : (object)Narrow(whole);
    }

    // Beyond its type's range a number becomes the range's end, and then breaks the rule for its range, which says more than a type.
    private static int Narrow(long number) => (int)Math.Clamp(number, int.MinValue, int.MaxValue);

    private static long? WholeNumber(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out long number) ? number : null;

    private static string? Text(JsonElement json, out string rule, out string message)
    {
        rule = "text";
        message = "Must be valid Unicode text without the character U+0000.";
        try
        {
            string text = json.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in an escape: there is no such text.
            return null;
        }
    }

    private static object? Metadata(JsonElement json, out string rule, out string message)
    {
        rule = "type";
        message = "Must be a string, a finite number, true or false.";
        return json.ValueKind switch
        {
            JsonValueKind.String => Text(json, out rule, out message) is { } text ? new MetadataValue(text, null, null) : null,
            JsonValueKind.Number when json.TryGetDouble(out double number) && double.IsFinite(number) => new MetadataValue(null, number, null),
            JsonValueKind.True => new MetadataValue(null, null, true),
            JsonValueKind.False => new MetadataValue(null, null, false),
            _ => null,
        };
    }

    // A time without an offset is UTC, as the contract's times are; the machine's zone has no say.
    private static DateTimeOffset? Time(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String || !TryGetTime(json, out DateTimeOffset time))
        {
            return null;
        }

        string text = json.GetString()!;
        int clock = text.IndexOf('T', StringComparison.Ordinal);
        bool hasOffset = clock >= 0 && text.AsSpan(clock).ContainsAny('Z', '+', '-');
        return hasOffset ? time.ToUniversalTime() : new DateTimeOffset(time.DateTime, TimeSpan.Zero);
    }

    private static bool TryGetTime(JsonElement json, out DateTimeOffset time)
    {
        try
        {
            return json.TryGetDateTimeOffset(out time);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in an escape: there is no such text.
            time = default;
            return false;
        }
    }
}
