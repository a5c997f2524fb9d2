using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.PubSub;

internal sealed partial class QueuePump
{
    [LoggerMessage(LogLevel.Error, "Queue {Queue}: events could not be taken or settled. They stay in the queue and come again.")]
    private static partial void LogFault(ILogger logger, Exception exception, string queue);
}
