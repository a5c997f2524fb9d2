using Dapr.Actors.Client;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Upkeep;

/// <summary>Registers the stage and its routes.</summary>
internal static class UpkeepExtensions
{
    /// <summary>Adds the stage to memory-worker, which also registers <see cref="UpkeepActor"/>.</summary>
    public static IServiceCollection AddUpkeep(this IServiceCollection services) => services
        .AddCheckedOptions<UpkeepOptions, UpkeepOptionsValidator>("Upkeep")
        .AddSingleton<UpkeepQueue>()
        .AddSingleton<IUpkeepJob, PromotionJob>()
        .AddSingleton<IUpkeepJob, SessionsJob>()
        .AddSingleton<IUpkeepJob, ReconciliationJob>()
        .AddSingleton<IUpkeepJob, EmbeddingJob>()
        .AddSingleton<IUpkeepJob, RetentionJob>()
        .AddSingleton<IUpkeepJob, StoreJob>()
        .AddHostedService<UpkeepRunner>();

    /// <summary>Maps what memory-api calls.</summary>
    public static void MapJobs(this IEndpointRouteBuilder routes) => routes.MapPost(
        WorkerRoutes.Jobs,
        async (JobsRequest request, IActorProxyFactory actors, CancellationToken cancellationToken) =>
        {
            IUpkeepActor keeper = actors.Actor<IUpkeepActor>(nameof(UpkeepActor), IUpkeepActor.Id);
            JobsReport report = await keeper.ReportAsync(cancellationToken);
            Outcome<JobsReport> outcome = request.Tenant is null ? report : report.ForTenant();
            return outcome;
        });
}
