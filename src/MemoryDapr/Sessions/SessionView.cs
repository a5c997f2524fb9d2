using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>A session as it is now.</summary>
/// <param name="Session">Its record.</param>
/// <param name="Window">Working memory: its newest turns, oldest first; empty once it has expired.</param>
/// <param name="ExpiresAt">When the window goes unless a turn comes, UTC; null if there is no window.</param>
public sealed record SessionView(SessionRecord Session, IReadOnlyList<Turn> Window, DateTimeOffset? ExpiresAt);
