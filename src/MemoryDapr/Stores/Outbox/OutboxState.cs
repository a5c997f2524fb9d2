namespace MemoryDapr.Stores.Outbox;

/// <summary>Where the outbox stands.</summary>
/// <param name="First">The oldest page that is not published.</param>
/// <param name="End">The page after the newest.</param>
public sealed record OutboxState(long First, long End);
