using System.Collections.Concurrent;
using System.Reflection;
using Dapr.Actors;

namespace EmbeddedDapr.Actors;

/// <summary>The methods of actor interfaces, described once, after the rules that the official proxies impose on them.</summary>
internal sealed class ActorInterfaces
{
    private readonly ConcurrentDictionary<Type, IReadOnlyDictionary<MethodInfo, ActorMethod>> _interfaces = [];

    /// <summary>The methods of an actor interface, those it inherits included.</summary>
    /// <exception cref="ArgumentException">It is no interface that an actor may be called by.</exception>
    public IReadOnlyDictionary<MethodInfo, ActorMethod> MethodsOf(Type type) => _interfaces.GetOrAdd(type, Describe);

    private static Dictionary<MethodInfo, ActorMethod> Describe(Type type)
    {
        Require(type.IsInterface, type, "is not an interface");
        Require(type.IsAssignableTo(typeof(IActor)), type, "does not extend IActor");
        Require(type.IsVisible, type, "is not public");
        Require(!type.IsGenericType, type, "is generic");
        MethodInfo[] methods = [.. type.GetInterfaces().Append(type).SelectMany(part => part.GetMethods())];
        foreach (MethodInfo method in methods)
        {
            Require(!method.IsGenericMethod, type, $"has the generic method {method.Name}");
            Require(methods.Count(other => other.DeclaringType == method.DeclaringType && other.Name == method.Name) == 1, type, $"overloads {method.Name}");
            Require(ReturnsTask(method), type, $"has {method.Name}, which returns neither Task nor Task<T>");
            Require(method.GetParameters().All(p => !p.ParameterType.IsByRef), type, $"has {method.Name} with a parameter by reference");
            Require(
                method.GetParameters().SkipLast(1).All(p => p.ParameterType != typeof(CancellationToken)),
                type,
                $"has {method.Name}, whose cancellation token is not the last parameter");
        }

        return methods.ToDictionary(method => method, method => new ActorMethod(method));
    }

    private static bool ReturnsTask(MethodInfo method) =>
        method.ReturnType == typeof(Task)
        || (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>));

    private static void Require(bool rule, Type type, string fault)
    {
        if (!rule)
        {
            throw new ArgumentException($"The type '{type}' is no actor interface: it {fault}.", nameof(type));
        }
    }
}
