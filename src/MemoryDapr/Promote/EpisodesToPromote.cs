using MemoryDapr.Stores.Pipelines;

namespace MemoryDapr.Promote;

/// <summary>What the second step promotes.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Ids">The episodes.</param>
internal sealed record EpisodesToPromote(PipelineInput Pipeline, IReadOnlyList<string> Ids);
