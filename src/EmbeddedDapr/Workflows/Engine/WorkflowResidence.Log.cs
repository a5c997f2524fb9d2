using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Workflows;

internal sealed partial class WorkflowResidence
{
    [LoggerMessage(LogLevel.Error, "The workflows that are due could not be read; tried again shortly")]
    private static partial void LogFetchFailed(ILogger logger, Exception exception);
}
