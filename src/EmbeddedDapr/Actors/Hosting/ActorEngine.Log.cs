using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Actors;

internal sealed partial class ActorEngine
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} actors still ran when the time to drain was over")]
    private static partial void LogDrainTimedOut(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Expired actor state could not be purged; trying again")]
    private static partial void LogPurgeFailed(ILogger logger, Exception exception);
}
