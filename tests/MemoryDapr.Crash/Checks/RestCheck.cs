using MemoryDapr.Crash.Load;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Checks;

/// <summary>Everything comes to rest: all turns are distilled, no pipeline is on its way or has failed, every citation is counted.</summary>
internal static class RestCheck
{
    private const double SalienceTolerance = 0.001;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(
        MemoryClient client, IReadOnlyList<PostedSession> sessions, Findings findings, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        List<string> unrest;
        do
        {
            unrest = await FindUnrestAsync(client, sessions, cancellationToken);
            if (unrest.Count > 0)
            {
                await Task.Delay(Delay, TimeProvider.System, cancellationToken);
            }
        }
        while (unrest.Count > 0 && TimeProvider.System.GetElapsedTime(started) < Timeout);

        foreach (string what in unrest)
        {
            findings.Add($"not at rest after {Timeout.TotalSeconds} s: {what}");
        }
    }

    private static async Task<List<string>> FindUnrestAsync(
        MemoryClient client, IReadOnlyList<PostedSession> sessions, CancellationToken cancellationToken)
    {
        List<PipelineReply> pipelines = await client.ListAsync<PipelineReply>(
            "/memory/pipelines?status=queued,running,waiting,failed", cancellationToken);
        List<string> unrest = [.. pipelines.Select(pipeline => $"pipeline {pipeline.PipelineId} is {pipeline.Status} {pipeline.Error}")];
        if (unrest.Count > 0)
        {
            return unrest;
        }

        foreach (PostedSession session in sessions.Where(session => session.Live.Any()))
        {
            SessionReply? stored = await client.FindAsync<SessionReply>($"/memory/sessions/{session.Id}", cancellationToken);
            List<TurnReply> turns = await client.ListAsync<TurnReply>($"/memory/sessions/{session.Id}/turns", cancellationToken);
            long end = turns.Count == 0 ? 0 : turns[^1].Ordinal + 1;
            if (stored is null || stored.IndexedTo < end || stored.DistilledTo < end || stored.TurnCount != session.Live.Count())
            {
                unrest.Add($"{session.Id} with {session.Live.Count()} turns to {end} is {stored?.ToString() ?? "not known"}");
            }
        }

        // Citations are counted a moment after they were accepted, and only ever raise a salience here.
        foreach (PostedTurn turn in sessions.SelectMany(session => session.Live).Where(turn => turn.Citations > 0))
        {
            ItemReply? item = await client.FindAsync<ItemReply>($"/memory/items/{turn.ItemId}", cancellationToken);
            if (item is null || item.Salience < turn.ExpectedSalience - SalienceTolerance)
            {
                unrest.Add($"turn {turn.Id}, cited {turn.Citations} times, has salience {item?.Salience}");
            }
        }

        return unrest;
    }
}
