using Microsoft.Extensions.Logging;

namespace MemoryDapr.Stores.Embeddings;

internal sealed partial class EmbeddingService
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Embedding {Items} items of {Tenant} failed; upkeep repeats it")]
    private static partial void LogFailed(ILogger logger, Exception exception, int items, string tenant);
}
