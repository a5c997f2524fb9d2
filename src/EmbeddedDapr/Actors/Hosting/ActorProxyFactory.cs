using System.Reflection;
using Dapr.Actors;
using Dapr.Actors.Client;

namespace EmbeddedDapr.Actors;

/// <summary>Makes proxies that call actors of this process, wherever in it they are hosted.</summary>
internal sealed class ActorProxyFactory(ActorDirectory directory, ActorProxyOptions defaults, TimeProvider time) : IActorProxyFactory
{
    public TActorInterface CreateActorProxy<TActorInterface>(ActorId actorId, string actorType, ActorProxyOptions? options = null)
        where TActorInterface : IActor =>
        (TActorInterface)CreateActorProxy(actorId, typeof(TActorInterface), actorType, options);

    public object CreateActorProxy(ActorId actorId, Type actorInterfaceType, string actorType, ActorProxyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(actorId);
        ArgumentNullException.ThrowIfNull(actorInterfaceType);
        ArgumentException.ThrowIfNullOrEmpty(actorType);
        options ??= defaults;
        if (!options.UseJsonSerialization)
        {
            throw new InvalidOperationException("Set ActorProxyOptions.UseJsonSerialization: the embedded runtime speaks JSON alone.");
        }

        IReadOnlyDictionary<MethodInfo, ActorMethod> methods = directory.Interfaces.MethodsOf(actorInterfaceType);
        object proxy = DispatchProxy.Create(actorInterfaceType, typeof(ActorDispatchProxy));
        ((ActorDispatchProxy)proxy).Bind(methods, new ActorCaller(directory, actorId, actorType, options, time));
        return proxy;
    }
}
