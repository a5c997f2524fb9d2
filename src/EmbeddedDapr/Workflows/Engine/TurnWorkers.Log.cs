using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Workflows;

internal sealed partial class TurnWorkers
{
    [LoggerMessage(LogLevel.Warning, "Workflow {Workflow} failed: instance {InstanceId}, {ErrorType}")]
    private static partial void LogWorkflowFailed(ILogger logger, string workflow, string instanceId, string errorType);

    [LoggerMessage(LogLevel.Error, "Workflow {Workflow} is stalled: input and history of instance {InstanceId} exceed {Bytes} bytes")]
    private static partial void LogStalled(ILogger logger, string workflow, string instanceId, long bytes);

    [LoggerMessage(LogLevel.Error, "A turn of workflow instance {InstanceId} could not be taken; it is tried again from its history")]
    private static partial void LogTurnFailed(ILogger logger, Exception exception, string instanceId);
}
