using System.Diagnostics;
using Dapr.Actors.Runtime;

namespace EmbeddedDapr.Actors;

/// <summary>One piece of work for an actor, and who waits for it.</summary>
internal sealed class ActorTurn(string name, Func<Actor, Task<byte[]>> body, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<byte[]> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    /// <summary>The caller's span, under which the turn's stands.</summary>
    public Activity? Caller { get; } = Activity.Current;

    public Task<byte[]> Reply => _reply.Task;

    /// <summary>Whether nobody waits any more. A turn that has not begun then never does.</summary>
    public bool IsAbandoned => cancellationToken.IsCancellationRequested;

    public Task<byte[]> RunAsync(Actor actor) => body(actor);

    public void Complete(byte[] reply) => _reply.SetResult(reply);

    public void Fail(Exception exception) => _reply.SetException(new ActorTurnException(exception));

    public void Abandon() => _reply.SetCanceled(cancellationToken);
}
