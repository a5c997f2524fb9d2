using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Asks what is known of turns.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Turns">The turns, at most 1,000.</param>
public sealed record TurnLookup(string Tenant, string SessionId, IReadOnlyList<Turn> Turns);
