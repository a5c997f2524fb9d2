using Dapr.Workflow;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>Shows a pipeline: its record, and from its workflow what it is doing.</summary>
internal sealed class PipelineViews(IMemoryStore store, PlannedPipelines planned, DaprWorkflowClient workflows)
{
    public async Task<Outcome<PipelineView>> GetAsync(PipelineKey key, CancellationToken cancellationToken)
    {
        PipelineRecord? record = await store.GetPipelineAsync(key.Tenant, key.Id, cancellationToken);
        if (record is null)
        {
            return planned.Find(key) is { } queued ? new PipelineView(queued, []) : new Refusal(RefusalKind.NotFound, $"There is no pipeline {key.Id}.");
        }

        WorkflowState state = await workflows.GetWorkflowStateAsync(key.Id, getInputsAndOutputs: true, cancellationToken);
        List<PipelineStep> steps = (state.Exists ? state.ReadCustomStatusAs<List<PipelineStep>>() : null) ?? [];
        // Not every start is recorded; the first step tells of it.
        PipelineStatus status = record.Status == PipelineStatus.Queued && steps.Count > 0 ? PipelineStatus.Running : record.Status;

        // Somebody has suspended the workflow: it goes on when it is resumed.
        bool isSuspended = state is { Exists: true, RuntimeStatus: WorkflowRuntimeStatus.Suspended };
        status = isSuspended && status == PipelineStatus.Running ? PipelineStatus.Waiting : status;
        if (status == PipelineStatus.Waiting && steps is [.., { Status: PipelineStatus.Running } current])
        {
            steps[^1] = current with { Status = status };
        }

        return new PipelineView(record with { Draft = null, Status = status }, steps);
    }
}
