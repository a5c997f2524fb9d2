using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Turns of one scope, of one or more sessions, to be stored as evidence.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Sessions">The sessions' records as they are after these turns.</param>
/// <param name="Turns">The turns, in the order of their ordinals within each session.</param>
/// <param name="Pipelines">The pipelines that were planned with them, queued.</param>
public sealed record TurnBatch(
    Scope Scope,
    IReadOnlyList<SessionRecord> Sessions,
    IReadOnlyList<SessionTurn> Turns,
    IReadOnlyList<PipelineRecord> Pipelines);
