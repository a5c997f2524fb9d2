using System.Diagnostics;
using Dapr.Client;
using Dapr.Workflow;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Distill;

/// <summary>Step 4: publishes the episodes, hands the ripe ones on to promotion, and records the pipeline's success.</summary>
internal sealed class AnnounceActivity(
    DaprClient dapr,
    IMemoryStore store,
    IPipelineScheduler scheduler,
    PipelineRecords records,
    PipelineSteps steps,
    PromoteOptions promote,
    TimeProvider time) : WorkflowActivity<EpisodesToAnnounce, bool>
{
    public override async Task<bool> RunAsync(WorkflowActivityContext context, EpisodesToAnnounce input)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("distill.announce");
        return await steps.RunAsync(input.Pipeline, record => AnnounceAsync(input, record));
    }

    private async Task<bool> AnnounceAsync(EpisodesToAnnounce input, PipelineRecord record)
    {
        foreach (string episode in input.Stored.Created)
        {
            await PublishAsync(input.Pipeline, episode, isMerged: false);
        }

        foreach (string episode in input.Stored.Merged)
        {
            await PublishAsync(input.Pipeline, episode, isMerged: true);
        }

        // A new episode is never ripe; one that was told again may have become so.
        if (input.Stored.Merged.Count > 0)
        {
            await PromoteRipeAsync(input);
        }

        await records.EndAsync(record, PipelineStatus.Succeeded, error: null, CancellationToken.None);
        return true;
    }

    private Task PublishAsync(PipelineInput pipeline, string episode, bool isMerged) => dapr.PublishEventAsync(
        MemoryEvents.PubSub,
        MemoryEvents.EpisodeCreated,
        new EpisodeCreatedEvent(pipeline.Scope.Tenant, pipeline.Scope.User, pipeline.SessionId, episode, pipeline.Id, isMerged),
        MemoryEvents.Metadata($"{pipeline.Id}.{episode}", MemoryEvents.EpisodeCreated),
        CancellationToken.None);

    private async Task PromoteRipeAsync(EpisodesToAnnounce input)
    {
        DateTimeOffset now = time.GetUtcNow();
        IReadOnlyList<MemoryItem> merged = await store.GetItemsAsync(input.Pipeline.Scope.Tenant, input.Stored.Merged, CancellationToken.None);
        if (merged.Any(episode => !episode.Promoted && episode.Salience.ValueAt(now) >= promote.Threshold))
        {
            await scheduler.ScheduleAsync(PipelineRecord.ForPromotion(input.Pipeline.Scope, input.Pipeline.Id, now), CancellationToken.None);
        }
    }
}
