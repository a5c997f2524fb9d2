using Microsoft.Extensions.Logging;

namespace MemoryDapr.Sessions;

internal sealed partial class SessionActor
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue of sessions to index is full; {SessionActor} is left to its reminder")]
    private static partial void LogQueueFull(ILogger logger, string sessionActor);
}
