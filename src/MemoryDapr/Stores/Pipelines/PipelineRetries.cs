using Dapr.Workflow;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>How often a pipeline repeats a step that threw.</summary>
internal static class PipelineRetries
{
    /// <summary>
    /// Eight attempts, 2 seconds after the first, three times as long after each further one, at most 10 minutes: about 23 minutes in all,
    /// through restarts. An outage that outlasts them fails the pipeline; upkeep schedules it again.
    /// </summary>
    public static WorkflowTaskOptions Step { get; } = new(new WorkflowRetryPolicy(
        maxNumberOfAttempts: 8,
        firstRetryInterval: TimeSpan.FromSeconds(2),
        backoffCoefficient: 3,
        maxRetryInterval: TimeSpan.FromMinutes(10)));
}
