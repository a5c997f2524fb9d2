using Microsoft.Extensions.Logging;

namespace MemoryDapr.Sessions;

internal sealed partial class TurnAppender
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue of sessions to index is full; {SessionId} of {Tenant} is left to its reminder")]
    private static partial void LogQueueFull(ILogger logger, string tenant, string sessionId);
}
