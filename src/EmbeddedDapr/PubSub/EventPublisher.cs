namespace EmbeddedDapr.PubSub;

/// <summary>An app's way to the broker: what its client publishes through.</summary>
internal sealed class EventPublisher(Broker broker, string appId, TimeProvider time)
{
    private readonly EnvelopeWriter _envelopes = new(appId, time);

    /// <summary>Publishes one event; it is durable when this returns.</summary>
    public Task PublishAsync(string pubsubName, string topicName, EventMessage message, CancellationToken cancellationToken) =>
        PublishAsync(pubsubName, topicName, [message], cancellationToken);

    /// <summary>Publishes the events together: either all are durable when this returns, or none is there.</summary>
    public Task PublishAsync(
        string pubsubName, string topicName, IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(pubsubName);
        ArgumentException.ThrowIfNullOrEmpty(topicName);
        byte[][] envelopes = [.. messages.Select(message => _envelopes.Write(pubsubName, topicName, message))];
        return broker.PublishAsync(pubsubName, topicName, envelopes, cancellationToken);
    }
}
