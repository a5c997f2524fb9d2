using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>Turns that a session holds.</summary>
/// <param name="User">The session's owner; null if the session is closed.</param>
/// <param name="Turns">The turns in order.</param>
public sealed record HeldTurns(string? User, IReadOnlyList<Turn> Turns);
