using Dapr.Actors.Client;
using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>Reaches a session's actor.</summary>
internal static class SessionProxies
{
    public static ISessionActor Session(this IActorProxyFactory actors, string tenant, string sessionId) =>
        actors.Actor<ISessionActor>(nameof(SessionActor), SessionActorId.For(tenant, sessionId));
}
