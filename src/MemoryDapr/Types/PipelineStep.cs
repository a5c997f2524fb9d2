namespace MemoryDapr.Types;

/// <summary>A step of a pipeline.</summary>
/// <param name="Name">The step, e.g. <c>extract</c>.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Counts">What it counted, e.g. <c>created</c>, <c>merged</c>, <c>dropped</c>.</param>
public sealed record PipelineStep(string Name, PipelineStatus Status, IReadOnlyDictionary<string, int> Counts);
