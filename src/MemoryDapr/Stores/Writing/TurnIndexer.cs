using System.Diagnostics;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>Stores turns as evidence.</summary>
internal sealed class TurnIndexer(IMemoryStore store, TimeProvider time)
{
    public async Task<IndexedTurns> IndexAsync(TurnBatch batch, CancellationToken cancellationToken)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("sessions.index");
        span?.SetTag("memory.turns", batch.Turns.Count);
        DateTimeOffset now = time.GetUtcNow();
        var erased = new List<TurnSource>();
        var items = new List<MemoryItem>();
        var records = new List<SessionRecord>();
        var pipelines = new List<PipelineRecord>();
        var tombstones = new List<TurnTombstone>();
        ErasureRecord? userErasure =
            await store.GetErasureAsync(batch.Scope.Tenant, ErasureKeys.User(batch.Scope.User), cancellationToken);
        ILookup<string, Turn> turnsBySession = batch.Turns.ToLookup(turn => turn.SessionId, turn => turn.Turn);

        foreach (SessionRecord session in batch.Sessions)
        {
            Turn[] turns = [.. turnsBySession[session.SessionId]];
            Dictionary<string, KnownTurn> known = await FindKnownAsync(batch.Scope, session.SessionId, turns, cancellationToken);
            List<Turn> gone = [.. turns.Where(turn => IsErased(turn, known, userErasure))];
            erased.AddRange(gone.Select(turn => new TurnSource(session.SessionId, turn.Id)));

            // What only the erasure of the user keeps out has no tombstone yet, and a late retry would come after that erasure.
            tombstones.AddRange(gone
                .Where(turn => !known.ContainsKey(turn.Id))
                .Select(turn => ToTombstone(session.SessionId, turn, userErasure!.CoversUntil)));

            // All of it was erased while it was on its way: the session's record must not come back either.
            SessionRecord? stored = await store.GetSessionAsync(batch.Scope.Tenant, session.SessionId, cancellationToken);
            if (stored is null && gone.Count == turns.Length)
            {
                continue;
            }

            List<Turn> added = [.. turns.Where(turn => !known.ContainsKey(turn.Id)).Except(gone)];
            items.AddRange(added.Select(turn => ToItem(batch.Scope, session.SessionId, turn, now)));
            SessionRecord record = Merge(session, stored, added.Count);
            if (record != stored && (stored is null || stored.Scope == batch.Scope))
            {
                records.Add(record);
            }

            foreach (PipelineRecord pipeline in batch.Pipelines.Where(pipeline => pipeline.SessionId == session.SessionId))
            {
                // A repeated batch must not set a pipeline that is at work back to queued.
                if (await store.GetPipelineAsync(batch.Scope.Tenant, pipeline.Id, cancellationToken) is null)
                {
                    pipelines.Add(pipeline);
                }
            }
        }

        if (items.Count + records.Count + pipelines.Count + tombstones.Count == 0)
        {
            return new IndexedTurns(erased);
        }

        await store.ApplyAsync(
            new StoreBatch
            {
                Scope = batch.Scope,
                Tombstones = tombstones,
                Items = items,
                Sessions = records,
                Pipelines = pipelines,
            },
            cancellationToken);
        return new IndexedTurns(erased);
    }

    public async Task<long?> AdvanceDistilledAsync(DistilledMark mark, CancellationToken cancellationToken)
    {
        SessionRecord? session = await store.GetSessionAsync(mark.Scope.Tenant, mark.SessionId, cancellationToken);
        if (session is null || session.Scope != mark.Scope)
        {
            return null;
        }

        SessionRecord advanced = session.WithDistilled(mark.Range);
        bool isKnown = advanced.DistilledTo == session.DistilledTo && (advanced.DistilledAhead ?? []).SequenceEqual(session.DistilledAhead ?? []);
        if (!isKnown)
        {
            await store.ApplyAsync(new StoreBatch { Scope = mark.Scope, Sessions = [advanced] }, cancellationToken);
        }

        return advanced.DistilledTo;
    }

    // A session that was not indexed when its user was erased was not among those that the erasure found.
    private static bool IsErased(Turn turn, Dictionary<string, KnownTurn> known, ErasureRecord? userErasure) =>
        known.TryGetValue(turn.Id, out KnownTurn? found) ? found.IsErased : userErasure is not null && turn.ReceivedAt < userErasure.CoversUntil;

    private static TurnTombstone ToTombstone(string sessionId, Turn turn, DateTimeOffset at) =>
        new(sessionId, turn.Id, turn.HasClientId ? null : turn.ContentHash, at);

    private static MemoryItem ToItem(Scope scope, string sessionId, Turn turn, DateTimeOffset now) => new()
    {
        Id = ItemId.ForTurn(scope, sessionId, turn.Id),
        Scope = scope,
        Kind = MemoryKind.Turn,
        Text = turn.Content,
        SessionId = sessionId,
        TurnId = turn.Id,
        Ordinal = turn.Ordinal,
        Role = turn.Role,
        Speaker = turn.Speaker,
        At = turn.At,
        Sources = [new TurnSource(sessionId, turn.Id)],
        Metadata = turn.Metadata,
        HasClientId = turn.HasClientId,
        Salience = SalienceLevel.New(now),

        // An erasure that is resumed tells by this which turns were there when it was asked for.
        CreatedAt = turn.ReceivedAt == default ? now : turn.ReceivedAt,
        UpdatedAt = now,
    };

    private async Task<Dictionary<string, KnownTurn>> FindKnownAsync(
        Scope scope,
        string sessionId,
        Turn[] turns,
        CancellationToken cancellationToken)
    {
        if (turns.Length == 0)
        {
            return [];
        }

        IReadOnlyList<KnownTurn> known = await store.FindTurnsAsync(new TurnLookup(scope.Tenant, sessionId, turns), cancellationToken);
        return known.ToDictionary(turn => turn.TurnId, StringComparer.Ordinal);
    }

    // Turns are counted here, where they are stored and erased one after the other. How far a session is indexed, planned and distilled
    // never goes back.
    private static SessionRecord Merge(SessionRecord session, SessionRecord? stored, int added)
    {
        SessionRecord distilled = (stored ?? session).WithDistilled(new OrdinalRange(0, session.DistilledTo));
        return session with
        {
            TurnCount = (stored?.TurnCount ?? 0) + added,
            NextOrdinal = Math.Max(session.NextOrdinal, stored?.NextOrdinal ?? 0),
            IndexedTo = Math.Max(session.IndexedTo, stored?.IndexedTo ?? 0),
            PlannedTo = Math.Max(session.PlannedTo, stored?.PlannedTo ?? 0),
            DistilledTo = distilled.DistilledTo,
            DistilledAhead = distilled.DistilledAhead,
            CreatedAt = stored?.CreatedAt ?? session.CreatedAt,
            LastActiveAt = stored?.LastActiveAt > session.LastActiveAt ? stored.LastActiveAt : session.LastActiveAt,
        };
    }
}
