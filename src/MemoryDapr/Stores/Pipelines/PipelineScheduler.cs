using Dapr.Workflow;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>
/// Starts pipelines as workflows under their own ids. The runtime would run a completed id again without a word, and tells a taken id
/// in different ways; so the state is asked before, and asked again when scheduling throws.
/// </summary>
internal sealed class PipelineScheduler(
    DaprWorkflowClient workflows, PipelineRecords records, IEnumerable<PipelineWorkflow> kinds, TimeProvider time) : IPipelineScheduler
{
    private readonly Dictionary<PipelineKind, string> _names = kinds.ToDictionary(workflow => workflow.Kind, workflow => workflow.Name);

    public async Task ScheduleAsync(PipelineRecord pipeline, CancellationToken cancellationToken)
    {
        if (await IsStartedAsync(pipeline.Id, cancellationToken))
        {
            return;
        }

        // Before the start: what is scheduled can be looked up, and one that could not be started is found again by upkeep.
        await records.AddAsync(pipeline, cancellationToken);
        try
        {
            // With a start time the call returns when the start is durable; without one it waits until a worker has begun.
            await workflows.ScheduleNewWorkflowAsync(
                _names[pipeline.Kind], pipeline.Id, PipelineInput.Of(pipeline), time.GetUtcNow(), cancellationToken);
        }
#pragma warning disable CA1031 // Not hidden: it is thrown on unless the state shows that somebody else has started the pipeline.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (!await IsStartedAsync(pipeline.Id, cancellationToken))
            {
                throw;
            }
        }
    }

    private async Task<bool> IsStartedAsync(string id, CancellationToken cancellationToken)
    {
        WorkflowState state = await workflows.GetWorkflowStateAsync(id, getInputsAndOutputs: false, cancellationToken);
        return state.Exists && state.RuntimeStatus is not (WorkflowRuntimeStatus.Failed or WorkflowRuntimeStatus.Terminated);
    }
}
