using MemoryDapr.Types;

namespace MemoryDapr.Api.Pipelines;

/// <summary>A pipeline in a list.</summary>
internal sealed record PipelineSummary(
    string PipelineId,
    PipelineKind Kind,
    PipelineStatus Status,
    string User,
    string? SessionId,
    long? From,
    long? To,
    int Attempts,
    string? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static PipelineSummary Show(PipelineRecord pipeline)
    {
        bool hasRange = pipeline.Kind == PipelineKind.Distill;
        return new(
            pipeline.Id, pipeline.Kind, pipeline.Status, pipeline.Scope.User, pipeline.SessionId, hasRange ? pipeline.From : null,
            hasRange ? pipeline.To : null, pipeline.Attempts, pipeline.Error, pipeline.CreatedAt, pipeline.UpdatedAt);
    }
}
