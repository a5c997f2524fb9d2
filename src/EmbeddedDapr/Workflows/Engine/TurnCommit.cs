using Dapr.Workflow;

namespace EmbeddedDapr.Workflows;

/// <summary>What a turn writes.</summary>
internal sealed record TurnCommit(long Run, WorkflowRuntimeStatus Status, long Now)
{
    /// <summary>The turn's number and events; no events when it could not take place.</summary>
    public int Turn { get; init; }

    public long StartedAt { get; init; }

    public string? Events { get; init; }

    /// <summary>Whether the run stays in memory.</summary>
    public bool StaysClaimed { get; init; }

    /// <summary>When it needs attention again; null when it has ended or cannot go on.</summary>
    public long? DueAt { get; init; }

    public string? CustomStatus { get; init; }

    public string? Output { get; init; }

    public WorkflowTaskFailureDetails? Failure { get; init; }

    public bool HasEnded => Status is WorkflowRuntimeStatus.Completed or WorkflowRuntimeStatus.Failed;
}
