using Dapr.Actors.Client;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>Reads sessions: from their actors while they are open, from the store afterwards.</summary>
internal sealed class SessionReader(IActorProxyFactory actors, IMemoryStore store)
{
    /// <summary>A session as it is now.</summary>
    public async Task<Outcome<SessionView>> GetAsync(SessionKey key, CancellationToken cancellationToken)
    {
        if (await actors.Session(key.Tenant, key.SessionId).GetAsync(cancellationToken) is { } open)
        {
            return new SessionView(open.Record, open.Window, open.ExpiresAt);
        }

        SessionRecord? closed = await store.GetSessionAsync(key.Tenant, key.SessionId, cancellationToken);
        return closed is null ? NotFound : new SessionView(closed, [], null);
    }

    /// <summary>A session's turns in order, also those that were appended a moment ago.</summary>
    public async Task<Outcome<Page<Turn>>> ListTurnsAsync(TurnsRequest request, CancellationToken cancellationToken)
    {
        if (!OrdinalCursor.TryParse(request.Cursor, out long from))
        {
            return new Refusal(RefusalKind.Unprocessable, "The cursor is none of this list.", "/cursor");
        }

        // The actor first: what it had not indexed then is either in its answer or, by now, in the store. The other way round a turn
        // could pass between the two reads.
        int limit = Math.Clamp(request.Limit, 1, 100);
        HeldTurns held = await actors.Session(request.Tenant, request.SessionId)
            .ListTurnsAsync(new HeldTurnsQuery(from, limit + 1, OnlyUnindexed: true), cancellationToken);
        string? user = held.User
            ?? (await store.GetSessionAsync(request.Tenant, request.SessionId, cancellationToken))?.Scope.User;
        if (user is null)
        {
            return NotFound;
        }

        IReadOnlyList<MemoryItem> stored =
            await store.ListTurnsAsync(new Scope(request.Tenant, user), request.SessionId, from, limit + 1, cancellationToken);
        List<Turn> turns = [.. stored.Select(item => item.ToTurn()).Concat(held.Turns).DistinctBy(turn => turn.Ordinal).OrderBy(turn => turn.Ordinal).Take(limit + 1)];
        return turns.Count > limit
            ? new Page<Turn>(turns[..limit], OrdinalCursor.For(turns[limit].Ordinal))
            : new Page<Turn>(turns, null);
    }

    private static Refusal NotFound => new(RefusalKind.NotFound, "There is no such session.");
}
