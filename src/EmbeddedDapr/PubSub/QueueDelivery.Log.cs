using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.PubSub;

internal sealed partial class QueueDelivery
{
    [LoggerMessage(LogLevel.Warning, "Queue {Queue}: the policy gave up the delivery of {Count} events.")]
    private static partial void LogGaveUp(ILogger logger, Exception exception, string queue, int count);
}
