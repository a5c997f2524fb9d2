using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Upkeep;

/// <summary>Promotes episodes that are ripe and that neither a citation nor a merge has promoted.</summary>
internal sealed class PromotionJob(
    IMemoryStore store,
    IPipelineScheduler scheduler,
    UpkeepOptions options,
    PromoteOptions promote,
    TimeProvider time) : IUpkeepJob
{
    private const int PageSize = 100;

    public string Name => "promotion";

    public TimeSpan Period => options.PromotionPeriod;

    public async Task<Backlog> RunAsync(Func<Task> beat, CancellationToken cancellationToken)
    {
        Backlog backlog = Backlog.None;
        var attempts = new Attempts(cancellationToken);
        string? cursor = null;
        do
        {
            Page<Scope> scopes = await store.ListScopesAsync(cursor, PageSize, cancellationToken);
            foreach (Scope scope in scopes.Items)
            {
                var query = new ItemQuery { Scope = scope, Kinds = [MemoryKind.Episode], PromotableFrom = promote.Threshold, Limit = PageSize };
                Page<MemoryItem> episodes = await store.ListItemsAsync(query, cancellationToken);
                DateTimeOffset now = time.GetUtcNow();
                MemoryItem[] ripe = [.. episodes.Items.Where(episode => episode.Salience.ValueAt(now) >= promote.Threshold)];
                if (ripe.Length > 0)
                {
                    backlog = ripe.Aggregate(backlog, (sum, episode) => sum.With(episode.Salience.At));
                    PipelineRecord pipeline = ToPipeline(scope, ripe, now);
                    await attempts.TryAsync(cancellation => scheduler.ScheduleAsync(pipeline, cancellation));
                }
            }

            cursor = scopes.NextCursor;
            await beat();
        }
        while (cursor is not null);

        attempts.ThrowIfFailed();
        return backlog;
    }

    private static PipelineRecord ToPipeline(Scope scope, MemoryItem[] ripe, DateTimeOffset now) =>
        PipelineRecord.ForPromotion(scope, string.Join(',', ripe.Select(episode => episode.Id).Order(StringComparer.Ordinal)), now);
}
