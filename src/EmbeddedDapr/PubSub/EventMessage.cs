namespace EmbeddedDapr.PubSub;

/// <summary>What a publisher hands over: data of a content type, and metadata that steers the envelope.</summary>
internal sealed record EventMessage(ReadOnlyMemory<byte> Data, string? ContentType, IReadOnlyDictionary<string, string>? Metadata);
