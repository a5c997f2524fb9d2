namespace MemoryDapr.Sessions;

/// <summary>Names a session.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="SessionId">The session in it.</param>
public sealed record SessionKey(string Tenant, string SessionId);
