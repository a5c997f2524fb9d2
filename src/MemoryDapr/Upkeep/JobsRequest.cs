namespace MemoryDapr.Upkeep;

/// <summary>Asks how the periodic jobs are.</summary>
/// <param name="Tenant">Who asks; null for the operator, or where there is but one tenant. See <see cref="JobsReport.ForTenant"/>.</param>
public sealed record JobsRequest(string? Tenant);
