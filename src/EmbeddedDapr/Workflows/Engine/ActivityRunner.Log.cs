using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Workflows;

internal sealed partial class ActivityRunner
{
    [LoggerMessage(LogLevel.Warning, "Activity {Activity} of workflow instance {InstanceId} failed with {ErrorType}")]
    private static partial void LogActivityFailed(ILogger logger, string activity, string instanceId, string errorType);
}
