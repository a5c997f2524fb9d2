using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow;

/// <summary>What an activity may know of the task it carries out.</summary>
public abstract class WorkflowActivityContext
{
    /// <summary>The activity's name.</summary>
    public abstract TaskIdentifier Identifier { get; }

    /// <summary>Names this attempt: the same when it runs again after a crash, another for each retry.</summary>
    public abstract string TaskExecutionKey { get; }

    /// <summary>The id of the workflow instance.</summary>
    public abstract string InstanceId { get; }
}
