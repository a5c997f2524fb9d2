using Dapr.Actors.Runtime;
using MemoryDapr.Distill;
using MemoryDapr.Forget;
using MemoryDapr.Models;
using MemoryDapr.Promote;
using MemoryDapr.Salience;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Embeddings;
using MemoryDapr.Stores.Outbox;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Stores.Writing;
using MemoryDapr.Telemetry;
using MemoryDapr.Telemetry.Management;
using MemoryDapr.Types;
using MemoryDapr.Upkeep;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemoryDapr.Worker;

/// <summary>
/// The app memory-worker: actors, workflows, subscriptions and upkeep. An <c>IMemoryStore</c> that is in its container already stands in for memory-store.
/// </summary>
internal static class WorkerApp
{
    /// <summary>Internal bodies: 100 turns of 32,000 characters are the largest.</summary>
    private const long MaxBodyBytes = 16 * 1024 * 1024;

    private const string SidecarPolicy = "Dapr";
    private const string ApiAppId = "memory-api";

    public static void AddServices(WebApplicationBuilder builder)
    {
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = provider.ValidateScopes = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });

        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdGenerator, SequentialIdGenerator>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = MemoryJson.Options.DefaultIgnoreCondition;
            json.SerializerOptions.NumberHandling = MemoryJson.Options.NumberHandling;
        });
        services.AddProblemDetails();
        services.AddAuthentication().AddDapr();
        services.AddAuthorization(authorization => authorization.AddDapr(SidecarPolicy));

        services.AddManagement();
        services.AddDaprClient();
        services.AddInvokedMemoryStore();
        services.AddScopeWriters();
        services.AddOutbox();
        services.AddSessions();
        services.AddModels();
        services.AddEmbeddings();
        services.AddDistill();
        services.AddPromote();
        services.AddPipelines();
        services.AddSalience();
        services.AddForget();
        services.AddUpkeep();
        AddActors(services);
        builder.AddMemoryTelemetry(WorkerRoutes.AppId);
    }

    public static void Configure(WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = WorkerFaults.StatusOf });
        app.UseManagementListener("/healthz");
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCallerRules();

        // Before the /healthz of the actors' handlers, which their caller rule would close to memory-api.
        app.MapStoreHealth();
        app.MapActorsHandlers().RequireAuthorization(SidecarPolicy).AdmitOnly(CallerRule.OwnActors(WorkerRoutes.AppId));

        RouteGroupBuilder service = app.MapGroup("").RequireAuthorization(SidecarPolicy).AdmitOnly(CallerRule.Apps(ApiAppId));
        service.MapSessions();
        service.MapDistill();
        service.MapPromote();
        service.MapPipeline();
        service.MapScopeWriting();
        service.MapCitations();
        service.MapForget();
        service.MapJobs();

        RouteGroupBuilder events = app.MapGroup("").RequireAuthorization(SidecarPolicy).AdmitOnly(CallerRule.Sidecar);
        events.MapTurnEvents();
        events.MapCitationEvents();
    }

    private static void AddActors(IServiceCollection services)
    {
        services.AddActors(actors =>
        {
            actors.UseJsonSerialization = true;
            actors.JsonSerializerOptions = MemoryJson.Options;
            actors.Actors.RegisterActor<OutboxActor>();
            actors.Actors.RegisterActor<UpkeepActor>();
        });
        services.AddOptions<ActorRuntimeOptions>().Configure<SessionsOptions>((actors, sessions) =>
        {
            // The two that there are many of.
            var leavesSoon = new ActorRuntimeOptions
            {
                UseJsonSerialization = true,
                JsonSerializerOptions = MemoryJson.Options,
                ActorIdleTimeout = sessions.DeactivateAfter,
            };
            actors.Actors.RegisterActor<SessionActor>(leavesSoon);
            actors.Actors.RegisterActor<ScopeActor>(leavesSoon);
        });
    }
}
