namespace MemoryDapr.Distill;

/// <summary>Asks to distil what a session has not distilled yet, however little it is.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="SessionId">The session.</param>
public sealed record DistillRequest(string Tenant, string SessionId);
