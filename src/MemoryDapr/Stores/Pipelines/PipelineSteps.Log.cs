using Microsoft.Extensions.Logging;

namespace MemoryDapr.Stores.Pipelines;

internal sealed partial class PipelineSteps
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "That pipeline {Pipeline} waits for another attempt could not be recorded.")]
    private static partial void NoteFailed(ILogger logger, string pipeline, Exception exception);
}
