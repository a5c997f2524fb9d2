using System.Globalization;
using System.Text.Json;

namespace EmbeddedDapr.PubSub;

/// <summary>What the delivery has to know of an event before it is sent.</summary>
/// <param name="Path">The route that takes it; null when none does.</param>
/// <param name="Expired">Its time to live has passed.</param>
internal readonly record struct EventReading(string? Path, bool Expired);

/// <summary>Reads the envelopes of one subscription.</summary>
internal sealed class EventReader(RouteTable routes)
{
    public EventReading Read(QueuedEvent queued, DateTimeOffset now)
    {
        using JsonDocument envelope = JsonDocument.Parse(queued.Envelope);
        bool expired = envelope.RootElement.TryGetProperty(CloudEventNames.Expiration, out JsonElement expiration)
            && expiration.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(
                expiration.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset end)
            && end < now;
        return new EventReading(routes.Find(envelope.RootElement), expired);
    }

    /// <summary>The trace that the publisher was in, from the envelope.</summary>
    public static string? TraceParentOf(QueuedEvent queued)
    {
        using JsonDocument envelope = JsonDocument.Parse(queued.Envelope);
        return envelope.RootElement.TryGetProperty(CloudEventNames.TraceParent, out JsonElement parent)
            && parent.ValueKind == JsonValueKind.String
                ? parent.GetString()
                : null;
    }
}
