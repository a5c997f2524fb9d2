using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Workflows;

internal sealed partial class WorkflowEngine
{
    [LoggerMessage(LogLevel.Warning, "Activities still run after the time for stopping; they run again at the next start")]
    private static partial void LogActivitiesLeft(ILogger logger);
}
