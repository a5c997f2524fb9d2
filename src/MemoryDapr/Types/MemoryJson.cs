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
}
