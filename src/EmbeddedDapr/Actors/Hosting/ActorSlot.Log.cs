using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Actors;

internal sealed partial class ActorSlot
{
    // The exception's type alone: its message may quote what the caller sent, and the caller gets it.
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} of {ActorType} {ActorId} threw {ExceptionType}")]
    private static partial void LogTurnFailed(ILogger logger, string actorType, string actorId, string method, string exceptionType);

    [LoggerMessage(Level = LogLevel.Error, Message = "{ActorType} {ActorId} threw while it was deactivated")]
    private static partial void LogDeactivationFailed(ILogger logger, Exception exception, string actorType, string actorId);
}
