using Dapr.Workflow;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Types;

namespace MemoryDapr.Distill;

/// <summary>
/// Turns to episodes: extract → merge → advance → announce. Each step may run more than once and leaves the same behind; between the steps
/// go ids, ranges and counts only.
/// </summary>
internal sealed class DistillWorkflow : Workflow<PipelineInput, PipelineStatus>
{
    public override async Task<PipelineStatus> RunAsync(WorkflowContext context, PipelineInput input)
    {
        var progress = new PipelineProgress(context);
        try
        {
            // :: Step 1
            progress.Begin("extract");
            DraftedEpisodes drafted = await context.CallActivityAsync<DraftedEpisodes>(nameof(ExtractActivity), input, PipelineRetries.Step);
            progress.Complete(("turns", drafted.Turns), ("read", drafted.Read), ("episodes", drafted.Episodes), ("fallback", drafted.IsFallback ? 1 : 0));
            if (drafted.Turns == 0)
            {
                // The turns have been erased, and with them what there was to do; the session goes on behind them.
                await AdvanceAsync(context, input, progress);
                return await EndAsync(context, input, PipelineStatus.Cancelled);
            }

            // :: Step 2
            StoredEpisodes? stored = null;
            if (drafted.Episodes > 0)
            {
                progress.Begin("merge");
                stored = await context.CallActivityAsync<StoredEpisodes>(nameof(MergeActivity), input, PipelineRetries.Step);
                progress.Complete(("created", stored.Created.Count), ("merged", stored.Merged.Count), ("dropped", stored.Dropped), ("fallback", stored.Fallback));
            }

            // :: Step 3
            await AdvanceAsync(context, input, progress);

            // :: Step 4
            if (stored is null)
            {
                return await EndAsync(context, input, PipelineStatus.Succeeded);
            }

            progress.Begin("announce");
            await context.CallActivityAsync<bool>(nameof(AnnounceActivity), new EpisodesToAnnounce(input, stored), PipelineRetries.Step);
            progress.Complete();
            return PipelineStatus.Succeeded;
        }
        catch (WorkflowTaskFailedException failure)
        {
            progress.Fail();
            string error = $"{failure.FailureDetails.ErrorType}: {failure.FailureDetails.ErrorMessage}";
            await context.CallActivityAsync<bool>(
                nameof(EndPipelineActivity), new PipelineEnd(input, PipelineStatus.Failed, error), PipelineRetries.Step);
            throw;
        }
    }

    private static async Task AdvanceAsync(WorkflowContext context, PipelineInput input, PipelineProgress progress)
    {
        progress.Begin("advance");
        await context.CallActivityAsync<bool>(nameof(AdvanceActivity), input, PipelineRetries.Step);
        progress.Complete();
    }

    private static async Task<PipelineStatus> EndAsync(WorkflowContext context, PipelineInput input, PipelineStatus status)
    {
        await context.CallActivityAsync<bool>(nameof(EndPipelineActivity), new PipelineEnd(input, status, null), PipelineRetries.Step);
        return status;
    }
}
