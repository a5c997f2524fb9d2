namespace MemoryDapr.Types;

/// <summary>Names a pipeline.</summary>
/// <param name="Tenant">The tenant that asks; null for the operator, who sees all.</param>
/// <param name="Id">The pipeline.</param>
public sealed record PipelineKey(string? Tenant, string Id);
