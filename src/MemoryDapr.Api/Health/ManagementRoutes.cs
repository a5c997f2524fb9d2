using MemoryDapr.Api.Identity;
using MemoryDapr.Api.Problems;

namespace MemoryDapr.Api.Health;

/// <summary>What is served where: the management listener has health and metrics, the service listener everything but metrics.</summary>
internal static class ManagementRoutes
{
    private const string Metrics = "/metrics";

    private static readonly string[] OnManagement = ["/healthz", "/readyz", "/health", Metrics];

    public static void UseManagementListener(this WebApplication app, ApiOptions options)
    {
        if (options.ManagementUrl is not { } url)
        {
            return;
        }

        if (app.Urls.Count == 0)
        {
            // As soon as one address is added, the server no longer looks for those of its configuration.
            string configured = app.Configuration["urls"] ?? "http://127.0.0.1:8080";
            foreach (string address in configured.Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                app.Urls.Add(address);
            }
        }

        app.Urls.Add(url);
        ManagementListener management = app.Services.GetRequiredService<ManagementListener>();
        app.Use(async (context, next) =>
        {
            bool isHere = management.Serves(context)
                ? OnManagement.Contains(context.Request.Path.Value, StringComparer.OrdinalIgnoreCase)
                : !context.Request.Path.Equals(Metrics, StringComparison.OrdinalIgnoreCase);
            if (isHere)
            {
                await next(context);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        });
    }

    public static void MapMetrics(this WebApplication app)
    {
        ApiKeys keys = app.Services.GetRequiredService<ApiKeys>();
        ManagementListener management = app.Services.GetRequiredService<ManagementListener>();
        app.MapPrometheusScrapingEndpoint(Metrics);
        app.Use(async (context, next) =>
        {
            bool isMetrics = context.Request.Path.Equals(Metrics, StringComparison.OrdinalIgnoreCase);
            bool isAllowed = !isMetrics || !keys.HasKeys || management.Serves(context) || CallerMiddleware.IsOperator(context);
            if (isAllowed)
            {
                await next(context);
            }
            else
            {
                await new Problem(ProblemTypes.Unauthenticated, "The metrics want the operator's key.").ExecuteAsync(context);
            }
        });
    }
}
