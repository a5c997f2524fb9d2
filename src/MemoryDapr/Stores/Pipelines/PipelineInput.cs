using MemoryDapr.Types;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>What a pipeline works on: ids and a range, no text.</summary>
/// <param name="Id">The pipeline, which is also the workflow's id.</param>
/// <param name="Scope">Whose memory.</param>
/// <param name="Kind">What it does.</param>
/// <param name="SessionId">The session that is distilled; null for a promotion.</param>
/// <param name="From">The first turn's ordinal.</param>
/// <param name="To">The ordinal after the last turn.</param>
internal sealed record PipelineInput(string Id, Scope Scope, PipelineKind Kind, string? SessionId, long From, long To)
{
    public static PipelineInput Of(PipelineRecord pipeline) =>
        new(pipeline.Id, pipeline.Scope, pipeline.Kind, pipeline.SessionId, pipeline.From, pipeline.To);
}
