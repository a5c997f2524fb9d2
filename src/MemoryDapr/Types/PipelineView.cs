namespace MemoryDapr.Types;

/// <summary>A pipeline in detail.</summary>
/// <param name="Pipeline">Its record.</param>
/// <param name="Steps">What it has done and is doing, in order.</param>
public sealed record PipelineView(PipelineRecord Pipeline, IReadOnlyList<PipelineStep> Steps);
