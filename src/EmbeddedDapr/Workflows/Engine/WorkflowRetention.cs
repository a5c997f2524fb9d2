using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Workflows;

/// <summary>Forgets instances that ended long ago, in batches that let others write in between.</summary>
internal sealed partial class WorkflowRetention(WorkflowServices workflows, TimeSpan retention)
{
    private const int BatchSize = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, workflows.Time);
        try
        {
            do
            {
                await PurgeAsync(stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task PurgeAsync(CancellationToken stopping)
    {
        try
        {
            long endedBefore = (workflows.Time.GetUtcNow() - retention).ToUnixTimeMilliseconds();
            while (await workflows.Store.PurgeEndedAsync(endedBefore, BatchSize, stopping) == BatchSize)
            {
            }
        }
        catch (SqliteException exception)
        {
            LogPurgeFailed(workflows.Logger, exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "Ended workflows could not be purged; tried again in a minute")]
    private static partial void LogPurgeFailed(ILogger logger, Exception exception);
}
