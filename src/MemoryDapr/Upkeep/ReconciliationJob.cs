using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Upkeep;

/// <summary>Finishes what was begun and stopped on the way: erasures, pipelines that were never started, pipelines that failed.</summary>
internal sealed class ReconciliationJob(
    IMemoryStore store,
    IErasures erasures,
    IPipelineScheduler scheduler,
    UpkeepOptions options,
    TimeProvider time) : IUpkeepJob
{
    private const int PageSize = 500;

    /// <summary>The longest wait between two attempts of a pipeline that keeps failing.</summary>
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromHours(6);

    public string Name => "reconciliation";

    public TimeSpan Period => options.ReconciliationPeriod;

    public async Task<Backlog> RunAsync(Func<Task> beat, CancellationToken cancellationToken)
    {
        Backlog backlog = Backlog.None;
        var attempts = new Attempts(cancellationToken);
        await attempts.TryAsync(cancellation => erasures.ResumeOpenAsync(PageSize, cancellation));
        foreach (ErasureRecord erasure in await store.ListOpenErasuresAsync(PageSize, cancellationToken))
        {
            backlog = backlog.With(erasure.RequestedAt);
        }

        await beat();

        DateTimeOffset now = time.GetUtcNow();
        PipelineStatus[] unfinished = [PipelineStatus.Queued, PipelineStatus.Running, PipelineStatus.Waiting, PipelineStatus.Failed];
        string? cursor = null;
        do
        {
            Page<PipelineRecord> pipelines = await store.ListPipelinesAsync(
                new PipelineQuery(null, unfinished, now - options.ReconciliationPeriod, cursor, PageSize),
                cancellationToken);
            foreach (PipelineRecord pipeline in pipelines.Items)
            {
                backlog = backlog.With(pipeline.CreatedAt);
                if (IsDue(pipeline, now))
                {
                    await attempts.TryAsync(cancellation => scheduler.ScheduleAsync(pipeline, cancellation));
                }
            }

            cursor = pipelines.NextCursor;
            await beat();
        }
        while (cursor is not null);

        attempts.ThrowIfFailed();
        return backlog;
    }

    // One that did not fail is started again only if nothing runs under its id, which the scheduler knows.
    private bool IsDue(PipelineRecord pipeline, DateTimeOffset now)
    {
        TimeSpan backoff = options.ReconciliationPeriod * Math.Pow(2, Math.Clamp(pipeline.Attempts - 1, 0, 10));
        return pipeline.Status != PipelineStatus.Failed
            || now - pipeline.UpdatedAt >= (backoff < LongestBackoff ? backoff : LongestBackoff);
    }
}
