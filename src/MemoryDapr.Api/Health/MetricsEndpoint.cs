using MemoryDapr.Api.Identity;
using MemoryDapr.Api.Problems;
using MemoryDapr.Telemetry.Management;

namespace MemoryDapr.Api.Health;

/// <summary>The metrics, for the operator alone as soon as there are keys.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this WebApplication app)
    {
        ApiKeys keys = app.Services.GetRequiredService<ApiKeys>();
        ManagementListener management = app.Services.GetRequiredService<ManagementListener>();
        app.MapPrometheusScrapingEndpoint(ManagementExtensions.Metrics);
        app.Use((context, next) =>
        {
            bool isMetrics = context.Request.Path.Equals(ManagementExtensions.Metrics, StringComparison.OrdinalIgnoreCase);
            bool isAllowed = !isMetrics || !keys.HasKeys || management.Serves(context) || CallerMiddleware.IsOperator(context);
            return isAllowed
                ? next(context)
                : new Problem(ProblemTypes.Unauthenticated, "The metrics want the operator's key.").ExecuteAsync(context);
        });
    }
}
