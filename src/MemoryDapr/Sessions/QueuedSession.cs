namespace MemoryDapr.Sessions;

/// <summary>A session that waits to be indexed.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="QueuedAt">Since when, as a timestamp of the clock.</param>
internal readonly record struct QueuedSession(string SessionId, long QueuedAt);
