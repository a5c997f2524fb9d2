using System.Diagnostics;
using Dapr.Actors.Runtime;

namespace EmbeddedDapr.Actors;

/// <summary>One piece of work for an actor, and who waits for it.</summary>
internal sealed class ActorTurn(string name, Func<Actor, Task<byte[]>> body, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<byte[]> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _result;
    private Exception? _thrown;

    public string Name => name;

    /// <summary>The caller's span, under which the turn's stands.</summary>
    public Activity? Caller { get; } = Activity.Current;

    public Task<byte[]> Reply => _reply.Task;

    /// <summary>Whether nobody waits any more. A turn that has not begun then never does.</summary>
    public bool IsAbandoned => cancellationToken.IsCancellationRequested;

    public Task<byte[]> RunAsync(Actor actor) => body(actor);

    public void Complete(byte[] result) => _result = result;

    public void Fail(Exception exception) => _thrown = exception;

    /// <summary>Tells who waits what became of the turn.</summary>
    public void Answer()
    {
        if (_result is not null)
        {
            _reply.SetResult(_result);
        }
        else if (_thrown is not null)
        {
            _reply.SetException(new ActorTurnException(_thrown));
        }
        else
        {
            _reply.SetCanceled(cancellationToken);
        }
    }
}
