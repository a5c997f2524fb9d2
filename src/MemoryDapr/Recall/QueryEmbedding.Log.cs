using Microsoft.Extensions.Logging;

namespace MemoryDapr.Recall;

internal sealed partial class QueryEmbedding
{
    [LoggerMessage(EventId = 4103, Level = LogLevel.Warning, Message = "The model did not embed a question ({ErrorType}); its words alone rank.")]
    private partial void LogWordsAlone(string errorType);
}
