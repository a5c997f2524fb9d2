using System.Net;
using System.Text.Json;

namespace EmbeddedDapr.PubSub;

/// <summary>Hands over one event as a request of its own: the CloudEvent is the body.</summary>
internal sealed class SingleSender(AppRoute route) : IEventSender
{
    public int MaxEvents => 1;

    public TimeSpan MaxAwait => TimeSpan.Zero;

    public async Task<SendResult> SendAsync(string path, IReadOnlyList<QueuedEvent> events, CancellationToken cancellationToken)
    {
        QueuedEvent queued = events.Single();
        (HttpStatusCode status, ReadOnlyMemory<byte> body) = await route.PostAsync(
            path, CloudEventNames.ContentType, queued.Envelope, EventReader.TraceParentOf(queued), cancellationToken);
        return (int)status switch
        {
            >= 200 and <= 299 => new SendResult([StatusIn(body)]),
            404 => new SendResult([DeliveryStatus.Drop]),
            int code => new SendResult([DeliveryStatus.Retry], code),
        };
    }

    // An empty answer, one that is no JSON, and one without a status all mean success; a status that nobody knows means retry.
    private static DeliveryStatus StatusIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(body);
            return answer.RootElement.ValueKind == JsonValueKind.Object
                && answer.RootElement.TryGetProperty("status", out JsonElement status)
                && status.ValueKind == JsonValueKind.String
                    ? DeliveryWords.Parse(status.GetString(), empty: DeliveryStatus.Success)
                    : DeliveryStatus.Success;
        }
        catch (JsonException)
        {
            return DeliveryStatus.Success;
        }
    }
}
