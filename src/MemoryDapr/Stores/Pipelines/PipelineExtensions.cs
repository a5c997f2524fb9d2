using Dapr.Workflow;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>Registers what the two kinds of pipelines share.</summary>
internal static class PipelineExtensions
{
    /// <summary>Adds the scheduler and the workflow runtime, after the stages have added their workflows.</summary>
    public static IServiceCollection AddPipelines(this IServiceCollection services)
    {
        PipelineWorkflow[] workflows =
            [.. services.Where(service => service.ServiceType == typeof(PipelineWorkflow)).Select(service => (PipelineWorkflow)service.ImplementationInstance!)];
        services.AddDaprWorkflow(options =>
        {
            options.RegisterActivity<EndPipelineActivity>(nameof(EndPipelineActivity));
            foreach (PipelineWorkflow workflow in workflows)
            {
                workflow.Register(options);
            }
        });
        return services
            .AddSingleton<PipelineRecords>()
            .AddSingleton<PipelinePace>()
            .AddSingleton<PlannedPipelines>()
            .AddSingleton<PipelineSteps>()
            .AddSingleton<PipelineViews>()
            .AddSingleton<IPipelineScheduler, PipelineScheduler>();
    }

    /// <summary>Maps what memory-api asks about pipelines.</summary>
    public static void MapPipeline(this IEndpointRouteBuilder routes) => routes.MapPost(
        WorkerRoutes.Pipeline,
        (PipelineKey key, PipelineViews views, CancellationToken cancellationToken) => views.GetAsync(key, cancellationToken));
}
