using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dapr;

namespace EmbeddedDapr.PubSub;

/// <summary>Puts what an app publishes into a CloudEvents 1.0 envelope, as daprd does.</summary>
internal sealed class EnvelopeWriter(string appId, TimeProvider time)
{
    private const string TimeToLive = "ttlInSeconds";
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What daprd sets on an envelope that the publisher brings.
    private static readonly string[] SetByBroker =
    [
        CloudEventNames.Topic, CloudEventNames.PubsubName, CloudEventNames.TraceId, CloudEventNames.TraceParent, CloudEventNames.TraceState,
    ];

    /// <exception cref="DaprException">The content type says CloudEvent and the data is none, or the time to live is no number.</exception>
    public byte[] Write(string pubsub, string topic, EventMessage message)
    {
        string? expiration = Expiration(message.Metadata);
        ArrayBufferWriter<byte> buffer = new(message.Data.Length + 512);
        using Utf8JsonWriter json = new(buffer, Options);
        json.WriteStartObject();
        if (MediaTypeOf(message.ContentType) == CloudEventNames.ContentType)
        {
            WriteGiven(json, pubsub, topic, message.Data, expiration);
        }
        else
        {
            WriteOwn(json, pubsub, topic, message, expiration);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string? MediaTypeOf(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? parsed) ? parsed.MediaType?.ToLowerInvariant() : null;

    private static bool IsJson(string? mediaType) => mediaType == "application/json" || mediaType?.EndsWith("+json", StringComparison.Ordinal) == true;

    private static void WriteData(Utf8JsonWriter json, string contentType, ReadOnlyMemory<byte> data)
    {
        string? mediaType = MediaTypeOf(contentType);
        if (mediaType == "application/octet-stream")
        {
            json.WriteBase64String(CloudEventNames.DataBase64, data.Span);
            return;
        }

        json.WritePropertyName(CloudEventNames.Data);
        if (IsJson(mediaType) && IsValidJson(data))
        {
            json.WriteRawValue(data.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(Encoding.UTF8.GetString(data.Span));
        }
    }

    private static bool IsValidJson(ReadOnlyMemory<byte> data)
    {
        Utf8JsonReader reader = new(data.Span);
        try
        {
            while (reader.Read())
            {
                reader.TrySkip();
            }

            return data.Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void WriteTrace(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        string? parent = metadata?.GetValueOrDefault("cloudevent.traceparent")
            ?? (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null);
        if (parent is not null)
        {
            json.WriteString(CloudEventNames.TraceParent, parent);
            json.WriteString(CloudEventNames.TraceId, metadata?.GetValueOrDefault("cloudevent.traceid") ?? parent);
        }

        if ((metadata?.GetValueOrDefault("cloudevent.tracestate") ?? Activity.Current?.TraceStateString) is { Length: > 0 } state)
        {
            json.WriteString(CloudEventNames.TraceState, state);
        }
    }

    private void WriteOwn(Utf8JsonWriter json, string pubsub, string topic, EventMessage message, string? expiration)
    {
        // daprd's default where the publisher names none.
        string contentType = string.IsNullOrEmpty(message.ContentType) ? "text/plain" : message.ContentType;
        IReadOnlyDictionary<string, string>? metadata = message.Metadata;
        json.WriteString(CloudEventNames.Id, metadata?.GetValueOrDefault("cloudevent.id") ?? NewId());
        json.WriteString(CloudEventNames.Source, metadata?.GetValueOrDefault("cloudevent.source") ?? appId);
        json.WriteString(CloudEventNames.Type, metadata?.GetValueOrDefault("cloudevent.type") ?? CloudEventNames.DefaultType);
        json.WriteString(CloudEventNames.SpecVersion, CloudEventNames.SpecVersionValue);
        json.WriteString(CloudEventNames.DataContentType, contentType);
        json.WriteString(CloudEventNames.Topic, topic);
        json.WriteString(CloudEventNames.PubsubName, pubsub);
        json.WriteString(CloudEventNames.Time, Now(TimeSpan.Zero));
        WriteTrace(json, metadata);
        if (expiration is not null)
        {
            json.WriteString(CloudEventNames.Expiration, expiration);
        }

        WriteData(json, contentType, message.Data);
    }

    private void WriteGiven(Utf8JsonWriter json, string pubsub, string topic, ReadOnlyMemory<byte> data, string? expiration)
    {
        using JsonDocument given = Parse(data);
        HashSet<string> present = new(StringComparer.Ordinal);
        foreach (JsonProperty member in given.RootElement.EnumerateObject())
        {
            bool replaced = SetByBroker.Contains(member.Name, StringComparer.Ordinal)
                || (expiration is not null && member.NameEquals(CloudEventNames.Expiration));
            if (!replaced && member.Value.ValueKind != JsonValueKind.Null && present.Add(member.Name))
            {
                member.WriteTo(json);
            }
        }

        WriteMissing(json, present, CloudEventNames.Id, NewId);
        WriteMissing(json, present, CloudEventNames.Source, () => appId);
        WriteMissing(json, present, CloudEventNames.Type, () => CloudEventNames.DefaultType);
        WriteMissing(json, present, CloudEventNames.SpecVersion, () => CloudEventNames.SpecVersionValue);
        json.WriteString(CloudEventNames.Topic, topic);
        json.WriteString(CloudEventNames.PubsubName, pubsub);
        WriteTrace(json, metadata: null);
        if (expiration is not null)
        {
            json.WriteString(CloudEventNames.Expiration, expiration);
        }
    }

    private static void WriteMissing(Utf8JsonWriter json, HashSet<string> present, string name, Func<string> value)
    {
        if (!present.Contains(name))
        {
            json.WriteString(name, value());
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> data)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(data);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException exception)
        {
            throw new DaprException($"The data is declared as {CloudEventNames.ContentType} and is not JSON.", exception);
        }

        throw new DaprException($"The data is declared as {CloudEventNames.ContentType} and is no JSON object.");
    }

    private string? Expiration(IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null || !metadata.TryGetValue(TimeToLive, out string? text) || text.Length == 0)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0
            ? Now(TimeSpan.FromSeconds(seconds))
            : throw new DaprException($"{TimeToLive} is '{text}': a whole number of seconds above 0 was expected.");
    }

    private string Now(TimeSpan later) =>
        (time.GetUtcNow() + later).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();
}
