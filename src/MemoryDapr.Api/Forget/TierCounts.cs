namespace MemoryDapr.Api.Forget;

/// <summary>Counts per tier.</summary>
internal sealed record TierCounts(long Working, long Episodic, long Semantic);
