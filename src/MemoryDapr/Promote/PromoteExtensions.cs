using MemoryDapr.Stores.Merging;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Promote;

/// <summary>Registers the stage and its route.</summary>
internal static class PromoteExtensions
{
    /// <summary>Adds the stage to memory-worker. It needs the models, and the pipelines after it.</summary>
    public static IServiceCollection AddPromote(this IServiceCollection services) => services
        .AddCheckedOptions<PromoteOptions, PromoteOptionsValidator>("Promote")
        .AddMerging()
        .AddSingleton<PromoteOnDemand>()
        .AddSingleton(new PipelineWorkflow(PipelineKind.Promote, nameof(PromoteWorkflow), options =>
        {
            options.RegisterWorkflow<PromoteWorkflow>(nameof(PromoteWorkflow));
            options.RegisterActivity<FindRipeActivity>(nameof(FindRipeActivity));
            options.RegisterActivity<PromoteActivity>(nameof(PromoteActivity));
            options.RegisterActivity<AnnounceFactsActivity>(nameof(AnnounceFactsActivity));
        }));

    /// <summary>Maps what memory-api calls.</summary>
    public static void MapPromote(this IEndpointRouteBuilder routes) => routes.MapPost(
        WorkerRoutes.Promote,
        (PromoteRequest request, PromoteOnDemand promote, CancellationToken cancellationToken) => promote.StartAsync(request, cancellationToken));
}
