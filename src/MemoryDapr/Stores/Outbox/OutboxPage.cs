namespace MemoryDapr.Stores.Outbox;

/// <summary>Some events that wait.</summary>
/// <param name="Events">The events, in order; empty when none waits.</param>
/// <param name="Next">What to acknowledge once they are published.</param>
public sealed record OutboxPage(IReadOnlyList<OutboxEvent> Events, long Next);
