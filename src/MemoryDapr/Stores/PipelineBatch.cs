using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Pipeline records of one scope.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Pipelines">The records.</param>
/// <param name="Removed">Ids of records that retention removes.</param>
public sealed record PipelineBatch(Scope Scope, IReadOnlyList<PipelineRecord> Pipelines, IReadOnlyList<string> Removed);
