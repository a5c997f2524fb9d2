namespace MemoryDapr.Distill;

/// <summary>The data of <c>memory.episode.created.v1</c>: ids only, for who may read the text can ask for it.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="User">The user.</param>
/// <param name="SessionId">The session that was distilled.</param>
/// <param name="EpisodeId">The episode's item id.</param>
/// <param name="PipelineId">The pipeline.</param>
/// <param name="Merged">Whether a known episode took the new one over.</param>
internal sealed record EpisodeCreatedEvent(string Tenant, string User, string? SessionId, string EpisodeId, string PipelineId, bool Merged);
