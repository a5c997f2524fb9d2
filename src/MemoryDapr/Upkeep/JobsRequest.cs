namespace MemoryDapr.Upkeep;

/// <summary>Asks how the periodic jobs are.</summary>
/// <param name="Tenant">Whose backlog to count; null for all, which only the operator asks for.</param>
public sealed record JobsRequest(string? Tenant);
