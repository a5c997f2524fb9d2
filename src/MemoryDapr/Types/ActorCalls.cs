using Dapr.Actors;
using Dapr.Actors.Client;

namespace MemoryDapr.Types;

/// <summary>How actors are called.</summary>
internal static class ActorCalls
{
    /// <summary>
    /// How long a caller waits for an actor, its place in the queue of turns included; the default of 100 s would hold a caller long
    /// after its own caller has gone. Well over a turn that waits for the store's retries. It stands in code because a timeout for actors
    /// in YAML breaks the response of the call it ends.
    /// </summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private static readonly ActorProxyOptions Options = new()
    {
        JsonSerializerOptions = MemoryJson.Options,
        RequestTimeout = RequestTimeout,
        UseJsonSerialization = true,
    };

    /// <summary>Reaches the actor of a type, which is the name of its class, and an id.</summary>
    public static TActor Actor<TActor>(this IActorProxyFactory actors, string type, string id)
        where TActor : IActor => actors.CreateActorProxy<TActor>(new ActorId(id), type, Options);
}
