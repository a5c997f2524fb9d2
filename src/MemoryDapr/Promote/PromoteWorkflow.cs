using Dapr.Workflow;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Types;

namespace MemoryDapr.Promote;

/// <summary>
/// Episodes to facts: find → promote → announce, round by round until no episode is ripe. Each step may run more than once and leaves the
/// same behind.
/// </summary>
internal sealed class PromoteWorkflow : Workflow<PipelineInput, PipelineStatus>
{
    /// <summary>Rounds of one pipeline, so that its history stays short; the promotion cycle goes on where it ends.</summary>
    private const int Rounds = 10;

    public override async Task<PipelineStatus> RunAsync(WorkflowContext context, PipelineInput input)
    {
        var progress = new PipelineProgress(context);
        try
        {
            for (int round = 0; round < Rounds; round++)
            {
                if (!await PromoteAsync(context, progress, input))
                {
                    break;
                }
            }

            await context.CallActivityAsync<bool>(
                nameof(EndPipelineActivity), new PipelineEnd(input, PipelineStatus.Succeeded, null), PipelineRetries.Step);
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

    /// <summary>One round; answers whether there may be another.</summary>
    private static async Task<bool> PromoteAsync(WorkflowContext context, PipelineProgress progress, PipelineInput input)
    {
        // :: Step 1
        progress.Begin("find");
        RipeEpisodes ripe = await context.CallActivityAsync<RipeEpisodes>(nameof(FindRipeActivity), input, PipelineRetries.Step);
        progress.Complete(("episodes", ripe.Ids.Count));
        if (ripe.Ids.Count == 0)
        {
            return false;
        }

        // :: Step 2
        progress.Begin("promote");
        PromotedFacts facts = await context.CallActivityAsync<PromotedFacts>(
            nameof(PromoteActivity), new EpisodesToPromote(input, ripe.Ids), PipelineRetries.Step);
        progress.Complete(("created", facts.Created.Count), ("merged", facts.Merged.Count), ("dropped", facts.Dropped), ("fallback", facts.Fallback));

        // :: Step 3
        progress.Begin("announce");
        await context.CallActivityAsync<bool>(nameof(AnnounceFactsActivity), new FactsToAnnounce(input, facts), PipelineRetries.Step);
        progress.Complete();
        return ripe.Ids.Count == FindRipeActivity.Round;
    }
}
