using System.Diagnostics;
using Dapr.Workflow;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Merging;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Distill;

/// <summary>Step 2: brings the drafts together with what is known, and stores both.</summary>
internal sealed class MergeActivity(EpisodeDrafts drafts, Consolidation consolidation, PipelineSteps steps)
    : WorkflowActivity<PipelineInput, StoredEpisodes>
{
    public override async Task<StoredEpisodes> RunAsync(WorkflowActivityContext context, PipelineInput input)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("distill.merge");
        return await steps.RunAsync(input, record => MergeAsync(input, record));
    }

    private async Task<StoredEpisodes> MergeAsync(PipelineInput input, PipelineRecord record)
    {
        var distilled = new DistilledMark(input.Scope, input.SessionId!, new OrdinalRange(input.From, input.To));
        Consolidated result = await consolidation.StoreAsync(
            input.Scope, input.Id, await drafts.GetAsync(input, record, CancellationToken.None), [], distilled, CancellationToken.None);
        DistillInstruments.Count(result);
        return new StoredEpisodes(result.Created, result.Merged, result.Dropped, result.Fallback);
    }
}
