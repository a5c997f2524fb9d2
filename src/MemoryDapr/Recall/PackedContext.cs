using System.Text.Json;
using System.Text.Json.Serialization;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>
/// Items as a text for a prompt: a marked block; empty if nothing fits. It is thousands of characters that nearly always end in an
/// answer's JSON, and are first put together there.
/// </summary>
/// <param name="lines">Its items in reading order.</param>
/// <param name="tokens">Its estimated tokens.</param>
[JsonConverter(typeof(Converter))]
internal sealed class PackedContext(IReadOnlyList<ContextLine> lines, int tokens)
{
    /// <summary>No items, no text.</summary>
    public static PackedContext Empty { get; } = new([], 0);

    /// <summary>Its estimated tokens.</summary>
    public int Tokens => tokens;

    /// <summary>Writes it as a JSON string.</summary>
    public void WriteTo(JsonText json)
    {
        json.Quote();
        if (lines.Count > 0)
        {
            json.Part(MemoryBlock.Opening(lines.Count));
            json.Part("\n");
            for (int i = 0; i < lines.Count; i++)
            {
                lines[i].WriteTo(json);
            }

            json.Part(MemoryBlock.Closing);
        }

        json.Quote();
    }

    /// <summary>The text, for whoever is no JSON.</summary>
    public override string ToString()
    {
        JsonText json = new();
        WriteTo(json);
        return JsonSerializer.Deserialize<string>(json.Written.Span)!;
    }

    private sealed class Converter : JsonConverter<PackedContext>
    {
        public override PackedContext Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A context is answered, never asked for.");

        public override void Write(Utf8JsonWriter writer, PackedContext value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
