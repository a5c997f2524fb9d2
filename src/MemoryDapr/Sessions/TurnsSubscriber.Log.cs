using MemoryDapr.Types;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Sessions;

internal sealed partial class TurnsSubscriber
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventId} is no readable CloudEvent with turns and is dropped")]
    private static partial void LogUnreadable(ILogger logger, string eventId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventId} breaks {Rules} rules and is dropped: {Places}")]
    private static partial void LogInvalid(ILogger logger, string eventId, int rules, string places);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The turns of event {EventId} are refused ({Kind}) and dropped")]
    private static partial void LogRefused(ILogger logger, string eventId, RefusalKind kind);
}
