using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>A metadata value: a string, a number or a boolean; exactly one of the three is set. Equal values are equal in a filter.</summary>
/// <param name="Text">The string.</param>
/// <param name="Number">The number.</param>
/// <param name="Flag">The boolean.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct MetadataValue(string? Text, double? Number, bool? Flag)
{
    private sealed class Converter : JsonConverter<MetadataValue>
    {
        public override MetadataValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => new MetadataValue(reader.GetString(), null, null),
                JsonTokenType.Number when reader.TryGetDouble(out double number) && double.IsFinite(number) => new MetadataValue(null, number, null),
                JsonTokenType.True => new MetadataValue(null, null, true),
                JsonTokenType.False => new MetadataValue(null, null, false),
                _ => throw new JsonException("A metadata value is a string, a finite number or a boolean."),
            };

        public override void Write(Utf8JsonWriter writer, MetadataValue value, JsonSerializerOptions options)
        {
            if (value.Text is not null)
            {
                writer.WriteStringValue(value.Text);
            }
            else if (value.Number is not null)
            {
                writer.WriteNumberValue(value.Number.Value);
            }
            else
            {
                writer.WriteBooleanValue(value.Flag ?? false);
            }
        }
    }
}
