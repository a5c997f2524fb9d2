using Microsoft.Extensions.Logging;

namespace MemoryDapr.Recall;

internal sealed partial class RecallIntents
{
    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "The model did not read a question ({ErrorType}); the rules did.")]
    private partial void LogFallback(string errorType);
}
