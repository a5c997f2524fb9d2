namespace MemoryDapr.Api.Pipelines;

/// <summary>A pipeline was started; <c>Location</c> tells where to watch it.</summary>
internal sealed record StartedAnswer(string PipelineId);
