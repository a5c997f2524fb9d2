using MemoryDapr.Distill.Rules;
using MemoryDapr.Models;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Merging;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Distill;

/// <summary>Registers the stage and its route.</summary>
internal static class DistillExtensions
{
    /// <summary>Adds the stage to memory-worker. It needs the models, and the pipelines after it.</summary>
    public static IServiceCollection AddDistill(this IServiceCollection services) => services
        .AddCheckedOptions<DistillOptions, DistillOptionsValidator>("Distill")
        .AddMerging()
        .AddSingleton<RulesExtractor>()
        .AddSingleton<IEpisodeExtractor>(provider => provider.GetRequiredService<IChatModel>().IsEnabled
            ? ActivatorUtilities.CreateInstance<ModelExtractor>(provider)
            : provider.GetRequiredService<RulesExtractor>())
        .AddSingleton<IDerivedRebuilder, DerivedRebuilder>()
        .AddSingleton<RecentDrafts>()
        .AddSingleton<EpisodeDrafts>()
        .AddSingleton<DistillOnDemand>()
        .AddSingleton(new PipelineWorkflow(PipelineKind.Distill, nameof(DistillWorkflow), options =>
        {
            options.RegisterWorkflow<DistillWorkflow>(nameof(DistillWorkflow));
            options.RegisterActivity<ExtractActivity>(nameof(ExtractActivity));
            options.RegisterActivity<MergeActivity>(nameof(MergeActivity));
            options.RegisterActivity<AdvanceActivity>(nameof(AdvanceActivity));
            options.RegisterActivity<AnnounceActivity>(nameof(AnnounceActivity));
        }));

    /// <summary>Maps what memory-api calls.</summary>
    public static void MapDistill(this IEndpointRouteBuilder routes) => routes.MapPost(
        WorkerRoutes.Distill,
        (DistillRequest request, DistillOnDemand distill, CancellationToken cancellationToken) => distill.StartAsync(request, cancellationToken));
}
