using System.Diagnostics;
using Dapr.Actors.Client;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Outbox;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Forget;

/// <summary>Erases a session, a user or an item everywhere, and answers with a receipt when nothing of it is left.</summary>
/// <remarks>
/// The erasure is recorded before its first step and completed with its last; between them every step may be repeated, so whoever
/// finds it open (the same request again, or upkeep after a crash) runs it again from the beginning.
/// <list type="number">
/// <item>Record the erasure, open.</item>
/// <item>Tombstone what the windows hold, so that nothing of it can be indexed any more.</item>
/// <item>Remove what is stored, with what was derived from it; rebuild what other turns still support.</item>
/// <item>Let the windows go of it.</item>
/// <item>Complete the record: the receipt.</item>
/// </list>
/// </remarks>
internal sealed class Forgetting(
    IMemoryStore store,
    ISessionWindows windows,
    IActorProxyFactory actors,
    Outbox outbox,
    IIdGenerator ids,
    TimeProvider time)
{
    private const int StepSize = 500;

    /// <summary>Carries out a request; the same one again gets the same receipt.</summary>
    public async Task<Outcome<ErasureRecord>> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("forget.request");
        return request switch
        {
            { SessionId: { } sessionId } => await ForgetSessionAsync(request.Tenant, sessionId, cancellationToken),
            { User: { } user } => await ForgetUserAsync(new Scope(request.Tenant, user), cancellationToken),
            { ItemId: { } itemId } => await ForgetItemAsync(request.Tenant, itemId, cancellationToken),
            _ => new Refusal(RefusalKind.Unprocessable, "Name a session, a user or an item."),
        };
    }

    /// <summary>Finishes an erasure that was begun; what was received since it was asked for stays.</summary>
    public async Task ResumeAsync(ErasureRecord erasure, CancellationToken cancellationToken)
    {
        string name = erasure.Key[(erasure.Key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (erasure.Key == ErasureKeys.Session(name))
        {
            await EraseSessionAsync(erasure, name, erasure.CoversUntil, cancellationToken);
        }
        else if (erasure.Key == ErasureKeys.User(name))
        {
            await EraseUserAsync(erasure, erasure.CoversUntil, cancellationToken);
        }
        else
        {
            await EraseItemAsync(erasure, name, cancellationToken);
        }
    }

    private async Task<Outcome<ErasureRecord>> ForgetSessionAsync(string tenant, string sessionId, CancellationToken cancellationToken)
    {
        ErasureRecord? before = await store.GetErasureAsync(tenant, ErasureKeys.Session(sessionId), cancellationToken);
        SessionRecord? session = await windows.FindAsync(tenant, sessionId, cancellationToken);
        if (before is { CompletedAt: null })
        {
            return await EraseSessionAsync(Again(before), sessionId, null, cancellationToken);
        }

        if (session is null || session.TurnCount == 0)
        {
            return before is null ? new Refusal(RefusalKind.NotFound, "There is no such session.") : before;
        }

        ErasureRecord erasure = Begin(ErasureKeys.Session(sessionId), session.Scope);
        return await EraseSessionAsync(erasure, sessionId, null, cancellationToken);
    }

    private async Task<Outcome<ErasureRecord>> ForgetUserAsync(Scope scope, CancellationToken cancellationToken)
    {
        ErasureRecord? before = await store.GetErasureAsync(scope.Tenant, ErasureKeys.User(scope.User), cancellationToken);
        if (before is { CompletedAt: null })
        {
            return await EraseUserAsync(Again(before), null, cancellationToken);
        }

        Page<SessionRecord> sessions =
            await store.ListSessionsAsync(new SessionQuery(scope.Tenant, scope.User, OnlyBehind: false, null, 1), cancellationToken);
        Page<MemoryItem> items = await store.ListItemsAsync(new ItemQuery { Scope = scope, Limit = 1 }, cancellationToken);
        if (before is not null && sessions.Items.Count == 0 && items.Items.Count == 0)
        {
            // There may be turns that are not indexed yet: the record alone keeps those out.
            return await WriteAsync(Again(before), [], [], [], completes: true, cancellationToken);
        }

        return await EraseUserAsync(Begin(ErasureKeys.User(scope.User), scope), null, cancellationToken);
    }

    private async Task<Outcome<ErasureRecord>> ForgetItemAsync(string tenant, string itemId, CancellationToken cancellationToken)
    {
        ErasureRecord? before = await store.GetErasureAsync(tenant, ErasureKeys.Item(itemId), cancellationToken);
        if (before is { CompletedAt: null })
        {
            return await EraseItemAsync(before, itemId, cancellationToken);
        }

        IReadOnlyList<MemoryItem> found = await store.GetItemsAsync(tenant, [itemId], cancellationToken);
        if (found is not [MemoryItem item])
        {
            return before is null ? new Refusal(RefusalKind.NotFound, "There is no such item.") : before;
        }

        ErasureRecord erasure = Begin(ErasureKeys.Item(itemId), item.Scope);
        if (item is { Kind: MemoryKind.Turn, SessionId: { } sessionId, TurnId: { } turnId })
        {
            erasure = erasure with { Turn = new TurnSource(sessionId, turnId) };
        }

        return await EraseItemAsync(erasure, itemId, cancellationToken);
    }

    private ErasureRecord Begin(string key, Scope scope) => new()
    {
        Key = key,
        Scope = scope,
        ReceiptId = ids.Next(),
        RequestedAt = time.GetUtcNow(),
    };

    private ErasureRecord Again(ErasureRecord erasure) => erasure with { RepeatedAt = time.GetUtcNow() };

    private async Task<ErasureRecord> EraseSessionAsync(
        ErasureRecord erasure, string sessionId, DateTimeOffset? receivedBefore, CancellationToken cancellationToken)
    {
        erasure = await StepAsync(erasure, [], [], [], completes: false, cancellationToken);
        erasure = await EraseTurnsAsync(erasure, sessionId, receivedBefore, cancellationToken);
        return await StepAsync(erasure, [], [], [sessionId], completes: true, cancellationToken);
    }

    private async Task<ErasureRecord> EraseUserAsync(ErasureRecord erasure, DateTimeOffset? receivedBefore, CancellationToken cancellationToken)
    {
        Scope scope = erasure.Scope;
        erasure = await StepAsync(erasure, [], [], [], completes: false, cancellationToken);
        var sessions = new List<string>();
        string? cursor = null;
        do
        {
            Page<SessionRecord> page = await store.ListSessionsAsync(
                new SessionQuery(scope.Tenant, scope.User, OnlyBehind: false, cursor, StepSize),
                cancellationToken);
            sessions.AddRange(page.Items.Select(session => session.SessionId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        foreach (string sessionId in sessions)
        {
            erasure = await EraseTurnsAsync(erasure, sessionId, receivedBefore, cancellationToken);
        }

        erasure = await EraseItemsAsync(erasure, receivedBefore, cancellationToken);
        return await StepAsync(erasure, [], [], sessions, completes: true, cancellationToken);
    }

    // What rested on turns is gone with them by now; what else there is goes here. What was distilled since from turns that came since
    // stays as they do.
    private async Task<ErasureRecord> EraseItemsAsync(ErasureRecord erasure, DateTimeOffset? receivedBefore, CancellationToken cancellationToken)
    {
        var query = new ItemQuery { Scope = erasure.Scope, Kinds = [MemoryKind.Episode, MemoryKind.Fact, MemoryKind.Document], Limit = StepSize };
        do
        {
            Page<MemoryItem> page = await store.ListItemsAsync(query, cancellationToken);
            string[] erased = [.. page.Items
                .Where(item => item.CreatedAt < erasure.CoversUntil || (item.Kind == MemoryKind.Document && receivedBefore is null))
                .Select(item => item.Id)];
            if (erased.Length > 0)
            {
                erasure = await StepAsync(erasure, [], erased, [], completes: false, cancellationToken);
            }

            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);

        return erasure;
    }

    private async Task<ErasureRecord> EraseItemAsync(ErasureRecord erasure, string itemId, CancellationToken cancellationToken)
    {
        if (erasure.Turn is not { } turn)
        {
            return await StepAsync(erasure, [], [itemId], [], completes: true, cancellationToken);
        }

        // Nothing is found where a step before a crash has erased it; the window may still hold it.
        IReadOnlyList<MemoryItem> found = await store.GetItemsAsync(erasure.Scope.Tenant, [itemId], cancellationToken);
        ErasedTurn[] erased = [.. found.Select(item => new ErasedTurn(turn.SessionId, turn.TurnId, item.HasClientId ? null : item.ToTurn().ContentHash))];
        erasure = await StepAsync(erasure, erased, [], [], completes: false, cancellationToken);
        int held = await windows.ForgetTurnsAsync(erasure.Scope.Tenant, turn.SessionId, [turn.TurnId], cancellationToken);
        erasure = erasure with { Working = erasure.Working + held };
        return await StepAsync(erasure, [], [], [], completes: true, cancellationToken);
    }

    // The turns that the session has now; those that come while they are erased are welcome.
    private async Task<ErasureRecord> EraseTurnsAsync(
        ErasureRecord erasure, string sessionId, DateTimeOffset? receivedBefore, CancellationToken cancellationToken)
    {
        string tenant = erasure.Scope.Tenant;
        SessionRecord? session = await windows.FindAsync(tenant, sessionId, cancellationToken);
        long end = session?.NextOrdinal ?? long.MaxValue;
        bool IsCovered(long ordinal, DateTimeOffset receivedAt) => ordinal < end && (receivedBefore is null || receivedAt < receivedBefore);
        var held = new List<string>();
        long from = 0;
        while (await windows.ListHeldTurnsAsync(tenant, sessionId, from, cancellationToken) is { Count: > 0 } turns && turns[0].Ordinal < end)
        {
            Turn[] erased = [.. turns.Where(turn => IsCovered(turn.Ordinal, turn.ReceivedAt))];
            held.AddRange(erased.Select(turn => turn.Id));
            foreach (Turn[] chunk in erased.Chunk(StepSize))
            {
                ErasedTurn[] step = [.. chunk.Select(turn => new ErasedTurn(sessionId, turn.Id, turn.HasClientId ? null : turn.ContentHash))];
                erasure = await StepAsync(erasure, step, [], [], completes: false, cancellationToken);
            }

            from = turns[^1].Ordinal + 1;
        }

        from = 0;
        while (await store.ListTurnsAsync(erasure.Scope, sessionId, from, StepSize, cancellationToken) is { Count: > 0 } turns
            && turns[0].Ordinal < end)
        {
            ErasedTurn[] step = [.. turns
                .Where(turn => IsCovered(turn.Ordinal, turn.CreatedAt))
                .Select(turn => new ErasedTurn(sessionId, turn.TurnId!, turn.HasClientId ? null : turn.ToTurn().ContentHash))];
            if (step.Length > 0)
            {
                erasure = await StepAsync(erasure, step, [], [], completes: false, cancellationToken);
            }
            else
            {
                from = turns[^1].Ordinal + 1;
            }
        }

        // Also where nothing is held: from now on the session asks for tombstones, and keeps the count of its ordinals.
        foreach (string[] chunk in held.Chunk(StepSize).DefaultIfEmpty([]))
        {
            int released = await windows.ForgetTurnsAsync(tenant, sessionId, chunk, cancellationToken);
            erasure = erasure with { Working = erasure.Working + released };
        }

        return erasure;
    }

    // The event comes before the record is complete, or a crash between the two would leave it untold: nobody resumes a complete one.
    private async Task<ErasureRecord> StepAsync(
        ErasureRecord erasure,
        IReadOnlyList<ErasedTurn> turns,
        IReadOnlyList<string> itemIds,
        IReadOnlyList<string> removedSessions,
        bool completes,
        CancellationToken cancellationToken)
    {
        if (completes)
        {
            await outbox.AddAsync(
                erasure.Scope.Tenant,
                MemoryEvents.Erased,
                erasure.ReceiptId,
                new ErasedEvent(erasure.Scope.Tenant, erasure.Scope.User, erasure.Key, erasure.ReceiptId),
                cancellationToken);
        }

        return await WriteAsync(erasure, turns, itemIds, removedSessions, completes, cancellationToken);
    }

    private Task<ErasureRecord> WriteAsync(
        ErasureRecord erasure,
        IReadOnlyList<ErasedTurn> turns,
        IReadOnlyList<string> itemIds,
        IReadOnlyList<string> removedSessions,
        bool completes,
        CancellationToken cancellationToken)
    {
        IScopeActor writer = actors.Writer(erasure.Scope);
        return writer.EraseAsync(
            new ErasureStep(erasure, turns, itemIds, removedSessions, completes, time.GetUtcNow()),
            cancellationToken);
    }
}
