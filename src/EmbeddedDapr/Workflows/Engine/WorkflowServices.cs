using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Workflows;

/// <summary>What the parts of one app's engine share.</summary>
internal sealed record WorkflowServices(
    string AppId,
    WorkflowStore Store,
    WorkflowRegistry Registry,
    WorkflowWaiters Waiters,
    IServiceProvider Services,
    TimeProvider Time,
    ILoggerFactory Loggers,
    ILogger Logger);
