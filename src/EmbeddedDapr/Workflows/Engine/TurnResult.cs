using Dapr.Workflow;

namespace EmbeddedDapr.Workflows;

/// <summary>What a turn came to: it goes on with <see cref="Actions"/>, or it has ended with an output or a failure.</summary>
internal sealed record TurnResult(List<HistoryEvent> Events, List<HistoryEvent> Actions)
{
    public bool HasOutput { get; init; }

    public string? Output { get; init; }

    public WorkflowTaskFailureDetails? Failure { get; init; }

    public WorkflowRuntimeStatus Status =>
        Failure is not null ? WorkflowRuntimeStatus.Failed
        : HasOutput ? WorkflowRuntimeStatus.Completed
        : WorkflowRuntimeStatus.Running;
}
