using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;
using EmbeddedDapr.Resources;

namespace EmbeddedDapr.PubSub;

/// <summary>Hands over many events in one request; the app answers for each entry.</summary>
internal sealed class BulkSender(AppRoute route, Subscription subscription, BulkSubscribe bulk, TimeProvider time) : IEventSender
{
    public int MaxEvents => bulk.MaxMessagesCount;

    public TimeSpan MaxAwait => bulk.MaxAwait;

    public async Task<SendResult> SendAsync(string path, IReadOnlyList<QueuedEvent> events, CancellationToken cancellationToken)
    {
        // A bulk is of many traces: each entry's envelope names its own.
        (HttpStatusCode status, ReadOnlyMemory<byte> answer) =
            await route.PostAsync(path, "application/json", Body(events), traceParent: null, cancellationToken);
        return (int)status switch
        {
            >= 200 and <= 299 => Read(answer, events),
            404 => SendResult.All(DeliveryStatus.Drop, events.Count),
            int code => SendResult.All(DeliveryStatus.Retry, events.Count, code),
        };
    }

    private static string EntryId(QueuedEvent queued) => queued.Id.ToString(CultureInfo.InvariantCulture);

    // Unlike one event's, a bulk's answer has to be there: an entry it does not name, or all of them, come again.
    private static SendResult Read(ReadOnlyMemory<byte> answer, IReadOnlyList<QueuedEvent> events)
    {
        Dictionary<string, DeliveryStatus> statuses = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("statuses", out JsonElement entries)
                && entries.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement entry in entries.EnumerateArray())
                {
                    if (Text(entry, "entryId") is { } entryId)
                    {
                        statuses[entryId] = DeliveryWords.Parse(Text(entry, "status"), empty: DeliveryStatus.Retry);
                    }
                }
            }
        }
        catch (JsonException exception)
        {
            return SendResult.All(DeliveryStatus.Retry, events.Count, failure: exception);
        }

        return new SendResult([.. events.Select(queued => statuses.GetValueOrDefault(EntryId(queued), DeliveryStatus.Retry))]);
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private ReadOnlyMemory<byte> Body(IReadOnlyList<QueuedEvent> events)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        json.WriteString("id", Guid.CreateVersion7(time.GetUtcNow()));
        json.WriteStartArray("entries");
        foreach (QueuedEvent queued in events)
        {
            json.WriteStartObject();
            json.WriteString("entryId", EntryId(queued));
            json.WritePropertyName("event");
            // The envelope was written by this program's writer: it is JSON.
            json.WriteRawValue(queued.Envelope, skipInputValidation: true);
            json.WriteString("contentType", CloudEventNames.ContentType);
            json.WriteStartObject("metadata");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("metadata");
        json.WriteString("pubsubName", subscription.PubsubName);
        json.WriteEndObject();
        json.WriteString("pubsubname", subscription.PubsubName);
        json.WriteString("topic", subscription.Topic);
        json.WriteString("type", "com.dapr.event.sent.bulk");
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
