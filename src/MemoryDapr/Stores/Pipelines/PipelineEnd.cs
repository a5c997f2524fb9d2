using MemoryDapr.Types;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>How a pipeline ends.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Status">Succeeded, failed or cancelled.</param>
/// <param name="Error">Why it failed: an error's type and message.</param>
internal sealed record PipelineEnd(PipelineInput Pipeline, PipelineStatus Status, string? Error);
