using System.Text.Json;

namespace MemoryDapr.Stores.Outbox;

/// <summary>An event to publish.</summary>
/// <param name="Id">The CloudEvent's id: the same event published twice has one id.</param>
/// <param name="Topic">The topic, which is also the CloudEvent's type.</param>
/// <param name="Data">Its data.</param>
public sealed record OutboxEvent(string Id, string Topic, JsonElement Data);
