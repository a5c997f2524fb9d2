using MemoryDapr.Stores;
using MemoryDapr.Telemetry;
using MemoryDapr.Telemetry.Management;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemoryDapr.Store;

/// <summary>The app memory-store: keeps memories and ranks them, for memory-api and memory-worker alone.</summary>
internal static class StoreApp
{
    /// <summary>Internal bodies: 100 turns of 32,000 characters are the largest.</summary>
    private const long MaxBodyBytes = 16 * 1024 * 1024;

    private const string SidecarPolicy = "Dapr";

    public static void AddServices(WebApplicationBuilder builder)
    {
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = provider.ValidateScopes = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });

        IServiceCollection services = builder.Services;
        services.AddCheckedOptions<StoreOptions, StoreOptionsValidator>("Store");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMemoryStore>(StoreEngines.Open);
        services.AddManagement();
        services.AddAuthentication().AddDapr();
        services.AddAuthorization(authorization => authorization.AddDapr(SidecarPolicy));
        builder.AddMemoryTelemetry(StoreRoutes.AppId);
    }

    public static void Configure(WebApplication app)
    {
        app.UseManagementListener("/healthz");
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCallerRules();
        app.MapStoreHealth();
        RouteGroupBuilder service = app.MapGroup("").RequireAuthorization(SidecarPolicy).AdmitOnly(CallerRule.Apps("memory-api", WorkerRoutes.AppId));
        service.MapStore();
    }
}
