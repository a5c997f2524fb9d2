using System.Text.Json;
using Shouldly;

namespace MemoryDapr.Conformance.Client;

/// <summary>Reads what the contract promises, and says what is missing.</summary>
internal static class JsonReading
{
    public static bool Has(this JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out _);

    public static JsonElement Get(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value)
            ? value
            : throw new ShouldAssertException($"There is no '{name}' in {json.GetRawText()}");

    public static string Text(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Wrong(json, name, "text");

    public static string? TextOrNull(this JsonElement json, string name) => json.Has(name) ? json.Text(name) : null;

    public static double Number(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : throw Wrong(json, name, "a number");

    public static bool Flag(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : throw Wrong(json, name, "true or false");

    public static DateTimeOffset Time(this JsonElement json, string name)
    {
        string text = json.Text(name);
        (text.EndsWith('Z') || text.EndsWith("+00:00", StringComparison.Ordinal)).ShouldBeTrue($"'{name}' is not in UTC: {text}");
        return json.Get(name).GetDateTimeOffset();
    }

    public static IReadOnlyList<JsonElement> List(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()] : throw Wrong(json, name, "a list");

    /// <summary>The texts of a list of texts.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement json, string name) => [.. json.List(name).Select(value => value.GetString()!)];

    private static ShouldAssertException Wrong(JsonElement json, string name, string kind) => new($"'{name}' is not {kind} in {json.GetRawText()}");
}
