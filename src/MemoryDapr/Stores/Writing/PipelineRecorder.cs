using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>Keeps the records of pipelines.</summary>
internal sealed class PipelineRecorder(IMemoryStore store)
{
    public async Task RecordAsync(PipelineBatch batch, CancellationToken cancellationToken)
    {
        var pipelines = new List<PipelineRecord>();
        foreach (PipelineRecord pipeline in batch.Pipelines)
        {
            if (await IsErasedAsync(pipeline, cancellationToken))
            {
                continue;
            }

            bool keepsDraft = pipeline.Draft is null || await StandAllAsync(pipeline, cancellationToken);
            pipelines.Add(keepsDraft ? pipeline : pipeline with { Draft = null, DraftTurns = 0 });
        }

        await store.ApplyAsync(
            new StoreBatch { Scope = batch.Scope, Pipelines = pipelines, RemovedPipelines = batch.Removed },
            cancellationToken);
    }

    // With its session a pipeline is cancelled; what it still reports on its way out must not bring it back.
    private async Task<bool> IsErasedAsync(PipelineRecord pipeline, CancellationToken cancellationToken)
    {
        PipelineRecord? stored = await store.GetPipelineAsync(pipeline.Scope.Tenant, pipeline.Id, cancellationToken);
        return stored is null
            ? pipeline.SessionId is { } sessionId
                && await store.GetSessionAsync(pipeline.Scope.Tenant, sessionId, cancellationToken) is null
            : stored.Status == PipelineStatus.Cancelled;
    }

    // A turn may have been erased between the step that read it and this one; its words must not stay behind in a draft.
    private async Task<bool> StandAllAsync(PipelineRecord pipeline, CancellationToken cancellationToken)
    {
        if (pipeline.SessionId is null)
        {
            return false;
        }

        int length = (int)(pipeline.To - pipeline.From);
        IReadOnlyList<MemoryItem> turns =
            await store.ListTurnsAsync(pipeline.Scope, pipeline.SessionId, pipeline.From, length, cancellationToken);
        return turns.Count(turn => turn.Ordinal < pipeline.To) == pipeline.DraftTurns;
    }
}
