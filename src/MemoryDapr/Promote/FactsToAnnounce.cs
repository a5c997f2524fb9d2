using MemoryDapr.Stores.Pipelines;

namespace MemoryDapr.Promote;

/// <summary>What the last step announces.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Facts">What it stored.</param>
internal sealed record FactsToAnnounce(PipelineInput Pipeline, PromotedFacts Facts);
