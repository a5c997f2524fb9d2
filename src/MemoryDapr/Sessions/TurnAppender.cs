using System.Diagnostics;
using Dapr.Actors.Client;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Sessions;

/// <summary>Appends turns to sessions.</summary>
/// <remarks>
/// <list type="number">
/// <item>The session's actor takes what it can decide alone.</item>
/// <item>If it needs to know what the store knows, it says so; it is asked again with that knowledge.</item>
/// <item>Its answer follows its commit and waits for nothing else; then the session is queued to be indexed.</item>
/// </list>
/// </remarks>
internal sealed partial class TurnAppender(
    IActorProxyFactory actors,
    IMemoryStore store,
    CatchUpQueue queue,
    PlannedPipelines planned,
    PipelinePace pace,
    TimeProvider time,
    ILogger<TurnAppender> logger)
{
    /// <summary>Each try in vain means that the session let go of something meanwhile, which takes longer than a try.</summary>
    private const int MaxTries = 8;

    public async Task<Outcome<AppendResult>> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("sessions.append");
        span?.SetTag("memory.turns", request.Turns.Count);
        long started = time.GetTimestamp();
        pace.NoteTurns();
        Outcome<AppendResult> outcome = await DecideAsync(request, cancellationToken);
        if (outcome.Value is { } result)
        {
            if (result.Planned is { } pipeline)
            {
                planned.Note(pipeline);
            }

            Signal(request, result);
            Record(result, time.GetElapsedTime(started));
        }

        return outcome;
    }

    private async Task<Outcome<AppendResult>> DecideAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        ISessionActor session = actors.Session(request.Tenant, request.SessionId);
        SessionHistory? history = null;
        for (int tries = 0; tries < MaxTries; tries++)
        {
            AppendAnswer answer = await session.AppendAsync(new AppendCommand(request, history), cancellationToken);
            if (answer.Outcome is not null)
            {
                return answer.Outcome;
            }

            history = await ReadHistoryAsync(request, answer.HistoryEpoch ?? 0, cancellationToken);
        }

        throw new InvalidOperationException($"The session changed {MaxTries} times while its history was read.");
    }

    private async Task<SessionHistory> ReadHistoryAsync(AppendRequest request, long epoch, CancellationToken cancellationToken)
    {
        Task<SessionRecord?> record = store.GetSessionAsync(request.Tenant, request.SessionId, cancellationToken);
        Task<IReadOnlyList<KnownTurn>> turns =
            store.FindTurnsAsync(new TurnLookup(request.Tenant, request.SessionId, request.Turns), cancellationToken);
        return new SessionHistory(epoch, await record, await turns);
    }

    private void Signal(AppendRequest request, AppendResult result)
    {
        // Duplicates too: whoever repeats a request after a crash may be the first to come by since.
        if (!queue.TryAdd(new Scope(request.Tenant, result.User), request.SessionId))
        {
            LogQueueFull(logger, request.Tenant, request.SessionId);
        }
    }

    private static void Record(AppendResult result, TimeSpan duration)
    {
        SessionInstruments.AppendDuration.Record(duration.TotalSeconds);
        foreach (IGrouping<TurnStatus, AppendedTurn> turns in result.Turns.GroupBy(turn => turn.Status))
        {
            SessionInstruments.Appended.Add(
                turns.Count(),
                new KeyValuePair<string, object?>("status", turns.Key.ToString().ToLowerInvariant()));
        }
    }
}
