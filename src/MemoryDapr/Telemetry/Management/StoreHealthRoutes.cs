using MemoryDapr.Stores;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Telemetry.Management;

/// <summary>Health of an app that is ready when its store answers.</summary>
internal static partial class StoreHealthRoutes
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary><c>/healthz</c> without dependencies; <c>/readyz</c> and, in detail, <c>/health</c> with the store; <c>/metrics</c>.</summary>
    public static void MapStoreHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Ok());
        app.MapGet("/readyz", GetReadinessAsync);
        app.MapGet("/health", GetHealthAsync);
        app.MapPrometheusScrapingEndpoint(ManagementExtensions.Metrics);
    }

    private static async Task<IResult> GetReadinessAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        Results.StatusCode(await AskAsync(services, cancellationToken) is null ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);

    private static async Task<IResult> GetHealthAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        await AskAsync(services, cancellationToken) is { } health
            ? Results.Json(health, MemoryJson.Options)
            : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);

    private static async Task<StoreHealth?> AskAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, services.GetService<TimeProvider>() ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await services.GetRequiredService<IMemoryStore>().CheckAsync(either.Token);
        }
#pragma warning disable CA1031 // However the store fails, the app is not ready: the failure is the answer here, and a log line.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogUnhealthy(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StoreHealthRoutes)), exception);
            return null;
        }
    }

    [LoggerMessage(EventId = 2110, Level = LogLevel.Warning, Message = "The store is not healthy.")]
    private static partial void LogUnhealthy(ILogger logger, Exception exception);
}
