namespace MemoryDapr.Stores.Outbox;

/// <summary>Events to keep together.</summary>
/// <param name="Events">The events, at most 100.</param>
public sealed record OutboxBatch(IReadOnlyList<OutboxEvent> Events);
