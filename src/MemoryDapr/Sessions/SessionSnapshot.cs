using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>An open session as its actor has it.</summary>
/// <param name="Record">Its record as it is now, turns that are not indexed included.</param>
/// <param name="Window">Its newest turns, oldest first.</param>
/// <param name="ExpiresAt">When it expires unless a turn comes, UTC.</param>
public sealed record SessionSnapshot(SessionRecord Record, IReadOnlyList<Turn> Window, DateTimeOffset ExpiresAt);
