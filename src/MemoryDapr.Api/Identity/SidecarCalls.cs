using MemoryDapr.Telemetry.Management;
using Microsoft.AspNetCore.Authentication;

namespace MemoryDapr.Api.Identity;

/// <summary>Beside a sidecar the service listener is for the sidecar alone: else whoever is on the machine walks around the gateway.</summary>
internal static class SidecarCalls
{
    private const string Scheme = "Dapr";

    // The sidecar's own probe shows no token.
    private static readonly string[] Open = ["/healthz", "/readyz", "/health"];

    public static void AddSidecarCalls(this IServiceCollection services) => services.AddAuthentication().AddDapr();

    /// <summary>Refuses with 401 what shows no app token. It stands before everything else.</summary>
    public static void UseSidecarCalls(this WebApplication app)
    {
        ManagementListener management = app.Services.GetRequiredService<ManagementListener>();
        app.Use(async (context, next) =>
        {
            bool isOpen = management.Serves(context) || Open.Contains(context.Request.Path.Value, StringComparer.OrdinalIgnoreCase);
            if (isOpen || (await context.AuthenticateAsync(Scheme)).Succeeded)
            {
                await next(context);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
        });
    }
}
