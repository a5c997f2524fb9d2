using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>Turns that a session lets go of.</summary>
/// <param name="TurnIds">The erased turns, at most 1,000.</param>
/// <param name="Record">The session's record after the store has erased them; null if it has none.</param>
public sealed record ForgottenTurns(IReadOnlyList<string> TurnIds, SessionRecord? Record);
