using MemoryDapr.Types;

namespace MemoryDapr.Api.Pipelines;

/// <summary>A pipeline in detail.</summary>
internal sealed record PipelineAnswer(
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
    DateTimeOffset UpdatedAt,
    IReadOnlyList<PipelineStep> Steps)
{
    public static PipelineAnswer Show(PipelineView view)
    {
        var record = PipelineSummary.Show(view.Pipeline);
        return new(
            record.PipelineId, record.Kind, record.Status, record.User, record.SessionId, record.From, record.To, record.Attempts,
            record.Error, record.CreatedAt, record.UpdatedAt, view.Steps);
    }
}
