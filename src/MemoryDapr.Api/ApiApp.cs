using Dapr.Client;
using MemoryDapr.Api.Citations;
using MemoryDapr.Api.Correlation;
using MemoryDapr.Api.Documents;
using MemoryDapr.Api.Exchange;
using MemoryDapr.Api.Explorer;
using MemoryDapr.Api.Forget;
using MemoryDapr.Api.Health;
using MemoryDapr.Api.Identity;
using MemoryDapr.Api.Items;
using MemoryDapr.Api.Jobs;
using MemoryDapr.Api.OpenApi;
using MemoryDapr.Api.Pipelines;
using MemoryDapr.Api.Problems;
using MemoryDapr.Api.Quotas;
using MemoryDapr.Api.Recall;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Sessions;
using MemoryDapr.Api.Worker;
using MemoryDapr.Recall;
using MemoryDapr.Stores;
using MemoryDapr.Telemetry;
using MemoryDapr.Telemetry.Management;
using MemoryDapr.Types;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemoryDapr.Api;

/// <summary>The app memory-api: the HTTP contract. An <c>IMemoryStore</c> that is in its container already stands in for memory-store.</summary>
internal static class ApiApp
{
    /// <summary>The app id.</summary>
    public const string AppId = "memory-api";

    private const int MaxConnections = 10_000;

    // What BodyReader refuses is still read to its end, as far as a sidecar would pass it on: a connection that is closed on a client that
    // still writes takes the answer with it.
    private const int MaxDrainedBytes = 4 * BodyReader.MaxBytes;

    public static void AddServices(WebApplicationBuilder builder)
    {
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = provider.ValidateScopes = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxDrainedBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        });

        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdGenerator, SequentialIdGenerator>();
        services.AddCheckedOptions<ApiOptions, ApiOptionsValidator>("Api");
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<TenantQuotas>();
        services.AddManagement();
        services.AddSingleton<GatewayCheck>();
        services.AddSingleton<DependencyCheck>();
        services.AddSingleton<AppendHandler>();
        services.AddSingleton<ForgetHandler>();
        services.AddRecall();
        services.AddSingleton<RecallHandler>();
        services.AddDaprClient();
        services.TryAddSingleton(provider => new WorkerClient(provider.GetRequiredService<DaprClient>().CreateInvokableHttpClient(WorkerRoutes.AppId)));
        services.AddInvokedMemoryStore();
        services.AddCors();
        services.AddContractDocument();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = MemoryJson.Options.DefaultIgnoreCondition;
            json.SerializerOptions.NumberHandling = MemoryJson.Options.NumberHandling;
        });
        builder.AddMemoryTelemetry(AppId);
    }

    public static void Configure(WebApplication app)
    {
        ApiOptions options = app.Services.GetRequiredService<ApiOptions>();
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseManagementListener("/healthz", "/readyz", "/health");
        app.UseRouting();
        app.UseCors(policy => policy
            .WithOrigins([.. options.CorsOrigins])
            .WithMethods("GET", "POST", "PATCH", "DELETE")
            .WithHeaders("Content-Type", CallerMiddleware.Header, RequestIdMiddleware.Header, "If-Match", "Idempotency-Key")
            .WithExposedHeaders(RequestIdMiddleware.Header, "ETag", "Location", "Retry-After"));
        app.UseMiddleware<CallerMiddleware>();
        app.MapMetrics();
        app.MapHealth();
        app.UseContractDocument();
        app.MapExplorer();

        RouteGroupBuilder memory = app.MapGroup("/memory");
        memory.MapSessions();
        memory.MapRecall();
        memory.MapUsers();
        memory.MapItems();
        memory.MapDocuments();
        memory.MapCitations();
        memory.MapPipelines();
        memory.MapExchange();
        memory.MapJobs();
    }
}
