using Dapr.Actors;
using Dapr.Actors.Client;

namespace MemoryDapr.Sessions;

/// <summary>Reaches a session's actor.</summary>
internal static class SessionProxies
{
    public static ISessionActor Session(this IActorProxyFactory actors, string tenant, string sessionId) =>
        actors.CreateActorProxy<ISessionActor>(new ActorId(SessionActorId.For(tenant, sessionId)), nameof(SessionActor));
}
