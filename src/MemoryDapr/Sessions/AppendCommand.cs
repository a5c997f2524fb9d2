namespace MemoryDapr.Sessions;

/// <summary>An append as the session's actor takes it.</summary>
/// <param name="Request">The turns.</param>
/// <param name="History">What the store knows; null on the first try.</param>
public sealed record AppendCommand(AppendRequest Request, SessionHistory? History);
