using System.Diagnostics;
using Dapr.Actors;

namespace EmbeddedDapr.Actors;

/// <summary>
/// The place of one actor id: it queues the turns and runs one at a time, in the order they came. The actor is activated by the first
/// turn, and the slot closes for good when it has neither an actor nor a turn.
/// </summary>
internal sealed partial class ActorSlot(ActorTypeHost host, ActorId id) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<ActorTurn> _waiting = new();
    private ActorActivation? _activation;
    private TaskCompletionSource? _whenClosed;
    private bool _running;
    private bool _closed;
    private bool _deactivate;
    private long _lastUsed;

    public ActorId Id => id;

    /// <summary>Queues a turn, unless the slot is closed.</summary>
    public bool TryQueue(ActorTurn turn)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _waiting.Enqueue(turn);
            Run();
            return true;
        }
    }

    /// <summary>Deactivates the actor if it has been idle for that long.</summary>
    public void DeactivateIfIdle(TimeSpan idleTimeout)
    {
        lock (_gate)
        {
            if (!_running && !_closed && host.Time.GetElapsedTime(_lastUsed) >= idleTimeout)
            {
                _deactivate = true;
                Run();
            }
        }
    }

    /// <summary>Deactivates the actor after the turns that wait, and answers when it is gone.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return Task.CompletedTask;
            }

            _whenClosed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _deactivate = true;
            Run();
            return _whenClosed.Task;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunTurnsAsync();

    // Under the lock. No execution context goes with it: an actor does not see its caller's ambient values.
    private void Run()
    {
        if (!_running)
        {
            _running = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private async Task RunTurnsAsync()
    {
        ActorTurn? done = null;
        while (true)
        {
            ActorTurn? turn;
            bool ends = false;
            bool closes = false;
            lock (_gate)
            {
                if (_waiting.TryDequeue(out turn))
                {
                    // A turn resets the idle clock; only a slot that closes stays due to be deactivated.
                    _deactivate = _whenClosed is not null;
                }
                else if (!_deactivate || _activation is null)
                {
                    ends = true;
                    closes = _closed = _activation is null;
                    _running = false;
                }
            }

            if (closes)
            {
                host.Remove(this);
                _whenClosed?.SetResult();
            }

            // Answered only here: whoever has the answer of the last turn finds the slot at rest.
            done?.Answer();
            if (ends)
            {
                return;
            }

            await (turn is null ? DeactivateAsync() : RunTurnAsync(turn));
            done = turn;
        }
    }

    private async Task RunTurnAsync(ActorTurn turn)
    {
        _lastUsed = host.Time.GetTimestamp();
        if (turn.IsAbandoned)
        {
            return;
        }

        using Activity? activity = ActorTracing.Start(host.Name, turn);
        try
        {
            if (_activation is null)
            {
                ActorActivation activation = host.CreateActivation(id);
                await activation.ActivateAsync();
                _activation = activation;
            }

            byte[] reply = await _activation.RunAsync(turn);
            _lastUsed = host.Time.GetTimestamp();
            turn.Complete(reply);
        }
#pragma warning disable CA1031 // Whatever it is, it is the caller's to know.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _lastUsed = host.Time.GetTimestamp();
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().FullName);
            LogTurnFailed(host.Log, host.Name, id.GetId(), turn.Name, exception.GetType().FullName!);
            turn.Fail(exception);
        }
    }

    private async Task DeactivateAsync()
    {
        ActorActivation activation = _activation!;
        _activation = null;
        try
        {
            await activation.DeactivateAsync();
        }
#pragma warning disable CA1031 // The actor is gone either way; the next turn makes a new one.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogDeactivationFailed(host.Log, exception, host.Name, id.GetId());
        }
    }
}
