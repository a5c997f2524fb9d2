namespace MemoryDapr.Api.Health;

internal sealed partial class DependencyCheck
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "{Dependency} is not healthy.")]
    private partial void LogUnhealthy(Exception exception, string dependency);
}
