using Microsoft.Extensions.Logging;

namespace MemoryDapr.Sessions;

internal sealed partial class CatchUp
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Session {SessionId} of {Tenant} could not be read; its reminder repeats it")]
    private static partial void LogUnreadable(ILogger logger, Exception exception, string tenant, string sessionId);
}
