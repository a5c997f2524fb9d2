using EmbeddedDapr.Workflows;

namespace Dapr.Workflow;

/// <summary>A workflow instance as it was when asked.</summary>
public sealed class WorkflowState
{
    private readonly InstanceSnapshot? _snapshot;

    internal WorkflowState(InstanceSnapshot? snapshot) => _snapshot = snapshot;

    /// <summary>The name under which it was scheduled.</summary>
    public string? WorkflowName => _snapshot?.Name;

    /// <summary>Whether there is such an instance.</summary>
    public bool Exists => _snapshot is not null;

    /// <summary>Whether it has started and not ended.</summary>
    public bool IsWorkflowRunning => _snapshot?.Status == WorkflowRuntimeStatus.Running;

    /// <summary>Whether it has ended: completed, failed or terminated.</summary>
    public bool IsWorkflowCompleted =>
        _snapshot?.Status is WorkflowRuntimeStatus.Completed or WorkflowRuntimeStatus.Failed or WorkflowRuntimeStatus.Terminated;

    /// <summary>When it was scheduled.</summary>
    public DateTimeOffset CreatedAt => _snapshot?.CreatedAt ?? default;

    /// <summary>When it last took a step.</summary>
    public DateTimeOffset LastUpdatedAt => _snapshot?.UpdatedAt ?? default;

    /// <summary>Where it stands; <see cref="WorkflowRuntimeStatus.Unknown"/> when there is no such instance.</summary>
    public WorkflowRuntimeStatus RuntimeStatus => _snapshot?.Status ?? WorkflowRuntimeStatus.Unknown;

    /// <summary>Why it failed, if it failed and outputs were asked for.</summary>
    public WorkflowTaskFailureDetails? FailureDetails => _snapshot?.Failure;

    /// <summary>The input, or the default when there is none or it was not asked for.</summary>
    public T? ReadInputAs<T>() => WorkflowJson.Deserialize<T>(_snapshot?.Input);

    /// <summary>The output, or the default when there is none or it was not asked for.</summary>
    public T? ReadOutputAs<T>() => WorkflowJson.Deserialize<T>(_snapshot?.Output);

    /// <summary>What the workflow last set as its status, or the default when it set none or it was not asked for.</summary>
    public T? ReadCustomStatusAs<T>() => WorkflowJson.Deserialize<T>(_snapshot?.CustomStatus);
}
