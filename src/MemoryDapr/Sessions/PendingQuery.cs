namespace MemoryDapr.Sessions;

/// <summary>How much of a session's pending turns to read; at least one is given.</summary>
/// <param name="MaxTurns">How many turns at most.</param>
/// <param name="MaxBytes">How many bytes at most, roughly.</param>
public sealed record PendingQuery(int MaxTurns, int MaxBytes);
