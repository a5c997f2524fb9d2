using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Tests.Workflows;

/// <summary>Collects what is written at level Critical.</summary>
internal sealed partial class LogLines(List<string> lines) : ILoggerProvider, ILogger
{
    [LoggerMessage(LogLevel.Critical, "{Line}")]
    public static partial void Write(ILogger logger, string line);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Critical;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            lines.Add(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
