using Dapr.Actors.Client;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Upkeep;

/// <summary>Removes records of pipelines that have been over for long.</summary>
internal sealed class RetentionJob(IMemoryStore store, IActorProxyFactory actors, UpkeepOptions options, TimeProvider time) : IUpkeepJob
{
    private const int PageSize = 500;

    public string Name => "retention";

    public TimeSpan Period => options.RetentionPeriod;

    public async Task<Backlog> RunAsync(Func<Task> beat, CancellationToken cancellationToken)
    {
        DateTimeOffset before = time.GetUtcNow() - options.KeepPipelines;
        PipelineStatus[] over = [PipelineStatus.Succeeded, PipelineStatus.Cancelled];
        while (true)
        {
            Page<PipelineRecord> old = await store.ListPipelinesAsync(new PipelineQuery(null, over, before, null, PageSize), cancellationToken);
            if (old.Items.Count == 0)
            {
                return Backlog.None;
            }

            foreach (IGrouping<Scope, PipelineRecord> scope in old.Items.GroupBy(pipeline => pipeline.Scope))
            {
                IScopeActor writer = actors.Writer(scope.Key);
                await writer.RecordPipelinesAsync(
                    new PipelineBatch(scope.Key, [], [.. scope.Select(pipeline => pipeline.Id)]),
                    cancellationToken);
            }

            await beat();
        }
    }
}
