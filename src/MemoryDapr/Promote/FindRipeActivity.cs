using System.Diagnostics;
using Dapr.Workflow;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Promote;

/// <summary>Step 1: finds the scope's episodes whose salience is at or above the threshold now.</summary>
internal sealed class FindRipeActivity(IMemoryStore store, PromoteOptions options, PipelineSteps steps, TimeProvider time)
    : WorkflowActivity<PipelineInput, RipeEpisodes>
{
    /// <summary>How many one round takes: their facts fit in one batch and in a few model calls.</summary>
    public const int Round = 20;

    public override async Task<RipeEpisodes> RunAsync(WorkflowActivityContext context, PipelineInput input)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("promote.find");
        return await steps.RunAsync(input, _ => FindAsync(input));
    }

    private async Task<RipeEpisodes> FindAsync(PipelineInput input)
    {
        DateTimeOffset now = time.GetUtcNow();
        var ripe = new List<string>();
        string? cursor = null;
        do
        {
            Page<MemoryItem> page = await store.ListItemsAsync(
                new ItemQuery { Scope = input.Scope, Kinds = [MemoryKind.Episode], PromotableFrom = options.Threshold, Cursor = cursor },
                CancellationToken.None);
            ripe.AddRange(page.Items
                .Where(episode => !episode.Promoted && episode.Salience.ValueAt(now) >= options.Threshold)
                .Select(episode => episode.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null && ripe.Count < Round);

        return new RipeEpisodes([.. ripe.Take(Round)]);
    }
}
