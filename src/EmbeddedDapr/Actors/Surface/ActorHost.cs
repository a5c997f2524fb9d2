#nullable disable // As in the official package, which is not annotated here.

using System.Text.Json;
using Dapr.Actors.Client;
using EmbeddedDapr.Actors;
using Microsoft.Extensions.Logging;

namespace Dapr.Actors.Runtime;

/// <summary>What the runtime gives an actor: its identity and the services around it.</summary>
public sealed class ActorHost
{
    internal ActorHost(
        ActorTypeInformation actorTypeInfo,
        ActorId id,
        JsonSerializerOptions jsonSerializerOptions,
        ILoggerFactory loggerFactory,
        IActorProxyFactory proxyFactory,
        IActorStateManager state,
        ActorReminders reminders)
    {
        ActorTypeInfo = actorTypeInfo;
        Id = id;
        JsonSerializerOptions = jsonSerializerOptions;
        LoggerFactory = loggerFactory;
        ProxyFactory = proxyFactory;
        State = state;
        Reminders = reminders;
    }

    /// <summary>The actor's type.</summary>
    public ActorTypeInformation ActorTypeInfo { get; }

    /// <summary>The actor's id.</summary>
    public ActorId Id { get; }

    /// <summary>Makes the actor's loggers.</summary>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>How payloads and state become JSON.</summary>
    public JsonSerializerOptions JsonSerializerOptions { get; }

    /// <summary>Makes proxies of other actors.</summary>
    public IActorProxyFactory ProxyFactory { get; }

    internal IActorStateManager State { get; }

    internal ActorReminders Reminders { get; }
}
