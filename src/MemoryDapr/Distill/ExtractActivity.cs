using System.Diagnostics;
using Dapr.Workflow;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Telemetry;

namespace MemoryDapr.Distill;

/// <summary>Step 1: drafts episodes of the range's turns.</summary>
internal sealed class ExtractActivity(EpisodeDrafts drafts, PipelineSteps steps) : WorkflowActivity<PipelineInput, DraftedEpisodes>
{
    public override async Task<DraftedEpisodes> RunAsync(WorkflowActivityContext context, PipelineInput input)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("distill.extract");
        return await steps.RunAsync(input, record => drafts.PrepareAsync(input, record, CancellationToken.None));
    }
}
