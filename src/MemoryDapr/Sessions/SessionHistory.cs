using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>What the store knows of a session and of turns that are about to be appended to it.</summary>
/// <param name="Epoch">The session's epoch when it asked: in a later epoch this is out of date.</param>
/// <param name="Record">The session's record; null if it has none.</param>
/// <param name="Turns">What is known of the turns; unknown ones are left out.</param>
public sealed record SessionHistory(long Epoch, SessionRecord? Record, IReadOnlyList<KnownTurn> Turns);
