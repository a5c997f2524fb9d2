using Dapr.Actors.Client;
using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Reaches the one writer of a scope.</summary>
internal static class ScopeProxies
{
    public static IScopeActor Writer(this IActorProxyFactory actors, Scope scope) =>
        actors.Actor<IScopeActor>(nameof(ScopeActor), scope.ActorId);
}
