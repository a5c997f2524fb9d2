using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Actors;

internal sealed partial class ReminderScheduler
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Due reminders could not be read; trying again")]
    private static partial void LogReadFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outcome of reminder {Name} of {ActorType} {ActorId} could not be written; it comes again")]
    private static partial void LogSettleFailed(ILogger logger, Exception exception, string actorType, string actorId, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reminder {Name} of {ActorType} {ActorId} failed {Attempts} times and is given up for this time")]
    private static partial void LogGivenUp(ILogger logger, string actorType, string actorId, string name, int attempts);
}
