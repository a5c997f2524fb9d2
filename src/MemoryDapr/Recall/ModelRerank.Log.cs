using Microsoft.Extensions.Logging;

namespace MemoryDapr.Recall;

internal sealed partial class ModelRerank
{
    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "The model did not order the items ({ErrorType}); the store's order stays.")]
    private partial void LogUnranked(string errorType);
}
