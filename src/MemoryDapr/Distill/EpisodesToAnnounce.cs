using MemoryDapr.Stores.Pipelines;

namespace MemoryDapr.Distill;

/// <summary>What the last step announces.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stored">What it stored.</param>
internal sealed record EpisodesToAnnounce(PipelineInput Pipeline, StoredEpisodes Stored);
