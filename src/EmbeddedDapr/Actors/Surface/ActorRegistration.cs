#nullable disable // As in the official package, which is not annotated here.

using System.Collections.ObjectModel;
using System.Reflection;

namespace Dapr.Actors.Runtime;

/// <summary>Names an actor's type otherwise than its class.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class ActorAttribute : Attribute
{
    /// <summary>Marks an actor.</summary>
    public ActorAttribute()
    {
    }

    /// <summary>The name under which the actor is called. Default: the name of the class.</summary>
    public string TypeName { get; set; }
}

/// <summary>A class of actors as the runtime sees it.</summary>
public sealed class ActorTypeInformation
{
    private ActorTypeInformation(string actorTypeName, Type implementationType, Type[] interfaceTypes)
    {
        ActorTypeName = actorTypeName;
        ImplementationType = implementationType;
        InterfaceTypes = interfaceTypes;
    }

    /// <summary>The name under which the actor is called.</summary>
    public string ActorTypeName { get; }

    /// <summary>The class.</summary>
    public Type ImplementationType { get; }

    /// <summary>Its actor interfaces.</summary>
    public IEnumerable<Type> InterfaceTypes { get; }

    /// <summary>Whether it takes reminders.</summary>
    public bool IsRemindable => ImplementationType.IsAssignableTo(typeof(IRemindable));

    internal static ActorTypeInformation Of(Type type, string name)
    {
        Type[] interfaces = [.. type.GetInterfaces().Where(i => i != typeof(IActor) && i.IsAssignableTo(typeof(IActor)))];
        if (type.IsAbstract || interfaces.Length == 0)
        {
            throw new ArgumentException($"The type '{type}' is no actor: it has to be a class that can be made and to implement an actor interface.", nameof(type));
        }

        return new ActorTypeInformation(name ?? type.GetCustomAttribute<ActorAttribute>()?.TypeName ?? type.Name, type, interfaces);
    }
}

/// <summary>One registered class of actors.</summary>
public sealed class ActorRegistration
{
    /// <summary>The class with the options of all.</summary>
    public ActorRegistration(ActorTypeInformation type)
        : this(type, null)
    {
    }

    /// <summary>The class with options of its own.</summary>
    public ActorRegistration(ActorTypeInformation type, ActorRuntimeOptions options)
    {
        Type = type;
        TypeOptions = options;
    }

    /// <summary>The class.</summary>
    public ActorTypeInformation Type { get; }

    /// <summary>Its own options, or null: those of all.</summary>
    public ActorRuntimeOptions TypeOptions { get; }
}

/// <summary>The classes of actors that an app hosts.</summary>
public sealed class ActorRegistrationCollection : KeyedCollection<ActorTypeInformation, ActorRegistration>
{
    /// <summary>No classes yet.</summary>
    public ActorRegistrationCollection()
    {
    }

    /// <summary>Hosts <typeparamref name="TActor"/>.</summary>
    public void RegisterActor<TActor>(Action<ActorRegistration> configure = null)
        where TActor : Actor => Register(typeof(TActor), null, null, configure);

    /// <summary>Hosts <typeparamref name="TActor"/> with options of its own.</summary>
    public void RegisterActor<TActor>(ActorRuntimeOptions typeOptions, Action<ActorRegistration> configure = null)
        where TActor : Actor => Register(typeof(TActor), null, typeOptions, configure);

    /// <summary>Hosts <typeparamref name="TActor"/> under a name of the caller's.</summary>
    public void RegisterActor<TActor>(string actorTypeName, Action<ActorRegistration> configure = null)
        where TActor : Actor => Register(typeof(TActor), actorTypeName, null, configure);

    /// <summary>Hosts <typeparamref name="TActor"/> under a name of the caller's, with options of its own.</summary>
    public void RegisterActor<TActor>(
        string actorTypeName, ActorRuntimeOptions typeOptions, Action<ActorRegistration> configure = null)
        where TActor : Actor => Register(typeof(TActor), actorTypeName, typeOptions, configure);

    /// <inheritdoc/>
    protected override ActorTypeInformation GetKeyForItem(ActorRegistration item) => item?.Type;

    private void Register(Type type, string name, ActorRuntimeOptions options, Action<ActorRegistration> configure)
    {
        var registration = new ActorRegistration(ActorTypeInformation.Of(type, name), options);
        configure?.Invoke(registration);
        Add(registration);
    }
}
