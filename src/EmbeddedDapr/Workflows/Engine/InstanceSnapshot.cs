using Dapr.Workflow;

namespace EmbeddedDapr.Workflows;

/// <summary>An instance's row as a caller may see it.</summary>
internal sealed record InstanceSnapshot(
    string Name,
    WorkflowRuntimeStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? Input,
    string? Output,
    string? CustomStatus,
    WorkflowTaskFailureDetails? Failure);
