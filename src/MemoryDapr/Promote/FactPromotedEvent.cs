namespace MemoryDapr.Promote;

/// <summary>The data of <c>memory.fact.promoted.v1</c>: ids only, for who may read the text can ask for it.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="User">The user.</param>
/// <param name="FactId">The fact's item id.</param>
/// <param name="PipelineId">The pipeline.</param>
/// <param name="Merged">Whether a known fact was stated again.</param>
internal sealed record FactPromotedEvent(string Tenant, string User, string FactId, string PipelineId, bool Merged);
