#nullable disable // As in the official package, which is not annotated here.

using System.Text.Json;

namespace Dapr.Actors.Client;

/// <summary>Makes proxies through which actors are called.</summary>
public interface IActorProxyFactory
{
    /// <summary>A proxy of one actor. <paramref name="options"/> default to those of the factory.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="TActorInterface"/> is not a public actor interface.</exception>
    TActorInterface CreateActorProxy<TActorInterface>(ActorId actorId, string actorType, ActorProxyOptions options = null)
        where TActorInterface : IActor;

    /// <summary>A proxy of one actor for an interface known at run time.</summary>
    /// <exception cref="ArgumentException"><paramref name="actorInterfaceType"/> is not a public actor interface.</exception>
    object CreateActorProxy(ActorId actorId, Type actorInterfaceType, string actorType, ActorProxyOptions options = null);
}

/// <summary>How a proxy calls.</summary>
public class ActorProxyOptions
{
    /// <summary>Options with their defaults.</summary>
    public ActorProxyOptions()
    {
    }

    /// <summary>How arguments and results become JSON. Default: System.Text.Json's web defaults.</summary>
    public JsonSerializerOptions JsonSerializerOptions { get; set; } = JsonSerializerOptions.Web;

    /// <summary>How long a caller waits before it gets a <see cref="TaskCanceledException"/>. Default: none given, which is 100 s.</summary>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>Whether payloads are JSON. Has to be true: JSON is what the embedded runtime speaks. Default: false.</summary>
    public bool UseJsonSerialization { get; set; }
}
