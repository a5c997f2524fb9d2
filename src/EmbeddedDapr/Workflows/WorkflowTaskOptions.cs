namespace Dapr.Workflow;

/// <summary>How a workflow calls an activity.</summary>
/// <param name="RetryPolicy">When a failed attempt is made again. Default: never.</param>
/// <param name="TargetAppId">The app that carries it out. Default, and the only one here: the workflow's own.</param>
/// <param name="PropagationScope">How much history travels with the call; activities here have no way to read it.</param>
public record WorkflowTaskOptions(
    WorkflowRetryPolicy? RetryPolicy = null,
    string? TargetAppId = null,
    HistoryPropagationScope PropagationScope = HistoryPropagationScope.None);
