namespace MemoryDapr.Api.Problems;

internal sealed partial class ProblemMiddleware
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed with {Status}.")]
    private partial void LogFailure(Exception exception, string method, string endpoint, int status);
}
