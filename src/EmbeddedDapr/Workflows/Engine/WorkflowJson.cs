using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EmbeddedDapr.Workflows;

/// <summary>What the SDK's serializer does with inputs, outputs and results: JSON with Web defaults, fields included, nothing for null.</summary>
internal static class WorkflowJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { IncludeFields = true };

    private static readonly HistoryJson History = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        // The payloads in it are JSON already: only what must be escaped is.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, Options);

    public static T? Deserialize<T>(string? json) => json is null ? default : JsonSerializer.Deserialize<T>(json, Options);

    public static object? Deserialize(string? json, Type type) => json is null ? null : JsonSerializer.Deserialize(json, type, Options);

    public static string SerializeHistory(List<HistoryEvent> events) => JsonSerializer.Serialize(events, History.ListHistoryEvent);

    public static List<HistoryEvent> DeserializeHistory(string json) => JsonSerializer.Deserialize(json, History.ListHistoryEvent)!;
}

[JsonSerializable(typeof(List<HistoryEvent>))]
internal sealed partial class HistoryJson : JsonSerializerContext;
