using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>Turns to append, validated and with their ids.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="SessionId">The session.</param>
/// <param name="User">The user; null for the session's owner, or the user <c>default</c> of a new session.</param>
/// <param name="Turns">1–100 turns in order; their ordinals are not given yet.</param>
public sealed record AppendRequest(string Tenant, string SessionId, string? User, IReadOnlyList<Turn> Turns);
