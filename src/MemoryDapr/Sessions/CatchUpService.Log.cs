using Microsoft.Extensions.Logging;

namespace MemoryDapr.Sessions;

internal sealed partial class CatchUpService
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Indexing {Sessions} sessions of {Tenant} failed; their reminders repeat it")]
    private static partial void LogFailed(ILogger logger, Exception exception, int sessions, string tenant);
}
