using System.Diagnostics;
using Dapr.Client;
using Dapr.Workflow;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Promote;

/// <summary>Step 3: publishes the facts of a round.</summary>
internal sealed class AnnounceFactsActivity(DaprClient dapr, PipelineSteps steps) : WorkflowActivity<FactsToAnnounce, bool>
{
    public override async Task<bool> RunAsync(WorkflowActivityContext context, FactsToAnnounce input)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("promote.announce");
        return await steps.RunAsync(input.Pipeline, _ => AnnounceAsync(input));
    }

    private async Task<bool> AnnounceAsync(FactsToAnnounce input)
    {
        foreach (string fact in input.Facts.Created)
        {
            await PublishAsync(input.Pipeline, fact, isMerged: false);
        }

        foreach (string fact in input.Facts.Merged)
        {
            await PublishAsync(input.Pipeline, fact, isMerged: true);
        }

        return true;
    }

    private Task PublishAsync(PipelineInput pipeline, string fact, bool isMerged) => dapr.PublishEventAsync(
        MemoryEvents.PubSub,
        MemoryEvents.FactPromoted,
        new FactPromotedEvent(pipeline.Scope.Tenant, pipeline.Scope.User, fact, pipeline.Id, isMerged),
        MemoryEvents.Metadata($"{pipeline.Id}.{fact}", MemoryEvents.FactPromoted),
        CancellationToken.None);
}
