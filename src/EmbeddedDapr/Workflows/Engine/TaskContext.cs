using Dapr.Workflow;
using Dapr.Workflow.Abstractions;

namespace EmbeddedDapr.Workflows;

internal sealed class TaskContext(string name, string instanceId, string taskExecutionKey) : WorkflowActivityContext
{
    public override TaskIdentifier Identifier { get; } = new(name);

    public override string TaskExecutionKey { get; } = taskExecutionKey;

    public override string InstanceId { get; } = instanceId;
}
