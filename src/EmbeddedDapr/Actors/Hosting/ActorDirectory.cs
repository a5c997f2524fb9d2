using System.Collections.Concurrent;
using Dapr;

namespace EmbeddedDapr.Actors;

/// <summary>Which app hosts which type of actors: what placement is to a deployment.</summary>
internal sealed class ActorDirectory
{
    private readonly ConcurrentDictionary<string, ActorTypeHost> _hosts = new(StringComparer.Ordinal);

    public ActorInterfaces Interfaces { get; } = new();

    public void Add(ActorTypeHost host)
    {
        if (!_hosts.TryAdd(host.Name, host))
        {
            throw new InvalidOperationException($"The actor type '{host.Name}' is hosted already.");
        }
    }

    public void Remove(ActorTypeHost host) => _hosts.TryRemove(KeyValuePair.Create(host.Name, host));

    public ActorTypeHost Find(string actorType) => _hosts.TryGetValue(actorType, out ActorTypeHost? host)
        ? host
        : throw new DaprApiException(
            $"error invoke actor method: did not find address for actor type '{actorType}'", "ERR_ACTOR_INVOKE_METHOD", isTransient: false);
}
