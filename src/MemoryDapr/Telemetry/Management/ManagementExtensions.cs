using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Telemetry.Management;

/// <summary>What is served where: the management listener has health and metrics and nothing else, the service listener has no metrics.</summary>
internal static class ManagementExtensions
{
    /// <summary>The path of the metrics.</summary>
    public const string Metrics = "/metrics";

    private static readonly string[] OnManagement = ["/healthz", "/readyz", "/health", Metrics];

    public static IServiceCollection AddManagement(this IServiceCollection services) => services
        .AddCheckedOptions<ManagementOptions, ManagementOptionsValidator>("Management")
        .AddSingleton<ManagementListener>();

    /// <summary>Opens the management listener, where one is configured, and keeps its paths and the service's apart.</summary>
    /// <param name="app">The app; this stands before its routing.</param>
    /// <param name="onService">Which of the management paths the service listener answers too.</param>
    public static void UseManagementListener(this WebApplication app, params IReadOnlyList<string> onService)
    {
        if (app.Services.GetRequiredService<ManagementOptions>().Url is not { } url)
        {
            return;
        }

        if (app.Urls.Count == 0)
        {
            // As soon as one address is added, the server no longer looks for those of its configuration.
            string configured = app.Configuration[WebHostDefaults.ServerUrlsKey] ?? SidecarHost.DefaultUrl;
            foreach (string address in configured.Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                app.Urls.Add(address);
            }
        }

        app.Urls.Add(url);
        ManagementListener management = app.Services.GetRequiredService<ManagementListener>();
        string[] offService = [.. OnManagement.Except(onService)];
        app.Use(async (context, next) =>
        {
            string path = context.Request.Path.Value ?? "";
            bool isHere = management.Serves(context)
                ? OnManagement.Contains(path, StringComparer.OrdinalIgnoreCase)
                : !offService.Contains(path, StringComparer.OrdinalIgnoreCase);
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
}
