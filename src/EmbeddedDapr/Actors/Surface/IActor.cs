namespace Dapr.Actors;

/// <summary>Marks an interface whose methods an actor answers. They return a task, and may take a cancellation token last.</summary>
public interface IActor
{
}
