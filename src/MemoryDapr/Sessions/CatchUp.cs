using System.Diagnostics;
using Dapr.Actors.Client;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Embeddings;
using MemoryDapr.Stores.Outbox;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Sessions;

/// <summary>One round of indexing for some sessions of one scope.</summary>
/// <remarks>
/// <list type="number">
/// <item>Read what each session has not indexed or scheduled.</item>
/// <item>Store it through the scope's one writer: from here on it is searchable; embeddings follow when the model gives them.</item>
/// <item>Schedule the pipelines that it completes.</item>
/// <item>Tell each session how far it came.</item>
/// </list>
/// Whatever stops it in between, the next round repeats it without effect twice; whoever is not done is woken by its reminder.
/// </remarks>
internal sealed partial class CatchUp(
    IActorProxyFactory actors,
    IPipelineScheduler scheduler,
    Outbox outbox,
    CatchUpQueue queue,
    EmbeddingQueue embeddings,
    PipelinePace pace,
    SessionsOptions options,
    TimeProvider time,
    ILogger<CatchUp> logger)
{
    /// <summary>The most sessions of a round: they are read at the same time.</summary>
    public const int MaxSessions = 16;

    /// <summary>The most turns of one call of the writer.</summary>
    private const int MaxTurns = 500;

    /// <summary>The most bytes of one call of the writer, well under what a sidecar lets through.</summary>
    private const int MaxBytes = 1024 * 1024;

    public async Task RunAsync(Scope scope, IReadOnlyList<QueuedSession> sessions, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.CatchUpTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);

        var query = new PendingQuery(Math.Max(20, MaxTurns / sessions.Count), MaxBytes / sessions.Count);
        PendingWork?[] read = await Task.WhenAll(sessions.Select(session => ReadAsync(scope.Tenant, session.SessionId, query, either.Token)));

        var batch = new List<SessionWork>();
        var expiring = new List<PendingWork>();
        foreach ((QueuedSession session, PendingWork? work) in sessions.Zip(read))
        {
            if (work is null)
            {
                continue;
            }

            if (work.Record.Scope != scope)
            {
                // Erased, and begun anew by another user, since it was queued.
                queue.TryAdd(work.Record.Scope, session.SessionId);
            }
            else if (work.IsBehind)
            {
                batch.Add(new SessionWork(work, session.QueuedAt));
            }
            else if (work.IsExpiring)
            {
                expiring.Add(work);
            }
        }

        foreach (List<SessionWork> part in Pack(batch))
        {
            await IndexAsync(scope, part, either.Token);
        }

        await Task.WhenAll(expiring.Select(work => ExpireAsync(work, either.Token)));
    }

    private async Task<PendingWork?> ReadAsync(string tenant, string sessionId, PendingQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await actors.Session(tenant, sessionId).ReadPendingAsync(query, cancellationToken);
        }
#pragma warning disable CA1031 // A session that cannot be read must not hold up the others of its scope; its reminder brings it again.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            SessionInstruments.CatchUpFailures.Add(1);
            LogUnreadable(logger, exception, tenant, sessionId);
            return null;
        }
    }

    private static IEnumerable<List<SessionWork>> Pack(List<SessionWork> sessions)
    {
        var part = new List<SessionWork>();
        int turns = 0;
        long bytes = 0;
        foreach (SessionWork session in sessions)
        {
            long size = session.Work.Turns.Sum(turn => (long)SessionPage.SizeOf(turn));
            if (part.Count > 0 && (turns + session.Work.Turns.Count > MaxTurns || bytes + size > MaxBytes))
            {
                yield return part;
                part = [];
                turns = 0;
                bytes = 0;
            }

            part.Add(session);
            turns += session.Work.Turns.Count;
            bytes += size;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private async Task IndexAsync(Scope scope, List<SessionWork> sessions, CancellationToken cancellationToken)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("sessions.catchup");
        var batch = new TurnBatch(
            scope,
            [.. sessions.Select(session => session.Work.Record)],
            [.. sessions.SelectMany(session => session.Work.Turns.Select(turn => new SessionTurn(session.Work.Record.SessionId, turn)))],
            [.. sessions.SelectMany(session => session.Work.Pipelines)]);
        span?.SetTag("memory.sessions", sessions.Count).SetTag("memory.turns", batch.Turns.Count);
        pace.NoteTurns();
        IScopeActor writer = actors.Writer(scope);
        IndexedTurns indexed = await writer.IndexAsync(batch, cancellationToken);
        foreach (SessionWork session in sessions.Where(session => session.Work.Turns.Count > 0))
        {
            SessionInstruments.IndexLag.Record(time.GetElapsedTime(session.QueuedAt).TotalSeconds);
        }

        embeddings.TryAdd(
            scope,
            [.. batch.Turns.Select(turn => (ItemId.ForTurn(scope, turn.SessionId, turn.Turn.Id), turn.Turn.Content, 1L))]);
        ILookup<string, string> erased = indexed.Erased.ToLookup(turn => turn.SessionId, turn => turn.TurnId);

        // Beside each other: their commits share one sync of the disk.
        await Task.WhenAll(sessions.Select(session => AdvanceAsync(session.Work, [.. erased[session.Work.Record.SessionId]], cancellationToken)));
    }

    private async Task AdvanceAsync(PendingWork work, IReadOnlyList<string> erased, CancellationToken cancellationToken)
    {
        ISessionActor session = actors.Session(work.Record.Scope.Tenant, work.Record.SessionId);
        long scheduledTo = 0;
        try
        {
            foreach (PipelineRecord pipeline in work.Pipelines)
            {
                await scheduler.ScheduleAsync(pipeline, cancellationToken);
                scheduledTo = pipeline.To;
            }
        }
        finally
        {
            // What is indexed is indexed, whatever became of the scheduling.
            await session.AdvanceAsync(new SessionProgress(work.Record.IndexedTo, scheduledTo, erased), cancellationToken);
        }

        if (work.HasMore)
        {
            queue.TryAdd(work.Record.Scope, work.Record.SessionId);
        }
    }

    private async Task ExpireAsync(PendingWork work, CancellationToken cancellationToken)
    {
        SessionRecord record = work.Record;
        using Activity? span = MemoryTelemetry.Spans.StartActivity("sessions.expire");
        string ending = FormattableString.Invariant($"{record.NextOrdinal}/{record.LastActiveAt.UtcTicks}");
        var expired = new SessionExpired(record.Scope.Tenant, record.Scope.User, record.SessionId, record.TurnCount, record.LastActiveAt);

        // Before the session closes: after a crash between the two it is told again, under the same id.
        await outbox.AddAsync(
            record.Scope.Tenant,
            MemoryEvents.SessionExpired,
            StableHash.Hex(32, "expired", record.Scope.Tenant, record.SessionId, ending),
            expired,
            cancellationToken);
        await actors.Session(record.Scope.Tenant, record.SessionId).ExpireAsync(record.NextOrdinal, cancellationToken);
    }

    private sealed record SessionWork(PendingWork Work, long QueuedAt);
}
