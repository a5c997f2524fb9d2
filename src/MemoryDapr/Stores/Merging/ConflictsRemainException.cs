namespace MemoryDapr.Stores.Merging;

/// <summary>Other pipelines kept changing what this one decided on. Nothing was stored; later it will be quieter.</summary>
internal sealed class ConflictsRemainException(string pipelineId)
    : Exception($"Pipeline {pipelineId} met new conflicts each time it decided.");
