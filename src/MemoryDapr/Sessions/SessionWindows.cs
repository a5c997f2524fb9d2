using Dapr.Actors.Client;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <inheritdoc cref="ISessionWindows"/>
internal sealed class SessionWindows(IActorProxyFactory actors, IMemoryStore store) : ISessionWindows
{
    private const int MaxHeldTurns = 1000;

    public Task AdvanceDistilledAsync(string tenant, string sessionId, long distilledTo, CancellationToken cancellationToken) =>
        actors.Session(tenant, sessionId).AdvanceDistilledAsync(distilledTo, cancellationToken);

    public async Task<SessionRecord?> FindAsync(string tenant, string sessionId, CancellationToken cancellationToken)
    {
        SessionSnapshot? open = await actors.Session(tenant, sessionId).GetAsync(cancellationToken);
        return open?.Record ?? await store.GetSessionAsync(tenant, sessionId, cancellationToken);
    }

    public Task CatchUpAsync(string tenant, string sessionId, CancellationToken cancellationToken) =>
        actors.Session(tenant, sessionId).WakeAsync(cancellationToken);

    public Task<PipelineRecord?> PlanTailAsync(string tenant, string sessionId, CancellationToken cancellationToken) =>
        actors.Session(tenant, sessionId).PlanTailAsync(cancellationToken);

    public async Task<IReadOnlyList<Turn>> ListHeldTurnsAsync(
        string tenant, string sessionId, long fromOrdinal, CancellationToken cancellationToken)
    {
        var query = new HeldTurnsQuery(fromOrdinal, MaxHeldTurns, OnlyUnindexed: false);
        return (await actors.Session(tenant, sessionId).ListTurnsAsync(query, cancellationToken)).Turns;
    }

    public async Task<int> ForgetTurnsAsync(
        string tenant, string sessionId, IReadOnlyList<string> turnIds, CancellationToken cancellationToken)
    {
        SessionRecord? record = await store.GetSessionAsync(tenant, sessionId, cancellationToken);
        return await actors.Session(tenant, sessionId).ForgetAsync(new ForgottenTurns(turnIds, record), cancellationToken);
    }
}
