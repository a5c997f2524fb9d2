using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>How everything is written as JSON, between apps and in stores: camelCase, no nulls, enums by name.</summary>
internal static class MemoryJson
{
    /// <summary>The one set of options.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>
    /// The same, with text left as it is but for what JSON itself has escaped: shorter, and faster to read. For what is never put into HTML.
    /// </summary>
    public static JsonSerializerOptions Unescaped { get; } = new(Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
