namespace MemoryDapr.Sessions;

/// <summary>Asks for a session's turns.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Cursor">Where to go on; null for the beginning.</param>
/// <param name="Limit">How many at most, 1–100.</param>
public sealed record TurnsRequest(string Tenant, string SessionId, string? Cursor, int Limit);
