namespace EmbeddedDapr.PubSub;

/// <summary>An event in a queue: its place there and its CloudEvent as it was published.</summary>
internal sealed record QueuedEvent(long Id, byte[] Envelope);
