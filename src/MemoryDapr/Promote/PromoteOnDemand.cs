using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Types;

namespace MemoryDapr.Promote;

/// <summary>Promotes what is ripe when somebody asks for it.</summary>
internal sealed class PromoteOnDemand(PipelineRecords records, IPipelineScheduler scheduler)
{
    /// <summary>Starts the pipeline of that cause, once.</summary>
    public async Task<Outcome<PipelineRecord>> StartAsync(PromoteRequest request, CancellationToken cancellationToken)
    {
        string id = PipelineId.ForPromote(request.Scope, request.Cause);
        var input = new PipelineInput(id, request.Scope, PipelineKind.Promote, null, 0, 0);
        PipelineRecord record = await records.GetAsync(input, cancellationToken);
        await scheduler.ScheduleAsync(record, cancellationToken);
        return record;
    }
}
