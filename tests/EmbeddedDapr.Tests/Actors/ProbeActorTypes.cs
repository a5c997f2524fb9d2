using Dapr.Actors;
using Dapr.Actors.Runtime;

namespace EmbeddedDapr.Tests.Actors;

/// <summary>A class is no actor interface.</summary>
public class ProbeActorTypes;

internal interface IHidden : IActor
{
    Task HideAsync();
}

public interface IOther : IActor
{
    Task OtherAsync();
}

public interface IGeneric : IActor
{
    Task GetAsync<T>();
}

public interface IOverloaded : IActor
{
    Task GetAsync();

    Task GetAsync(int number);
}

public interface INotAsync : IActor
{
    int Get();
}

public interface ITokenFirst : IActor
{
#pragma warning disable CA1068 // The fault that the interface is made for.
    Task GetAsync(CancellationToken cancellationToken, int number);
#pragma warning restore CA1068
}

internal sealed class HiddenActor(ActorHost host) : Actor(host), IHidden
{
    public Task HideAsync() => Task.CompletedTask;
}

[Actor(TypeName = "by-attribute")]
internal sealed class NamedActor(ActorHost host) : Actor(host), IOther
{
    public Task OtherAsync() => Task.CompletedTask;
}
