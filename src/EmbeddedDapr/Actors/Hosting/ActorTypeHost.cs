using System.Collections.Concurrent;
using System.Text.Json;
using Dapr;
using Dapr.Actors;
using Dapr.Actors.Client;
using Dapr.Actors.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Actors;

/// <summary>Hosts the actors of one type.</summary>
internal sealed class ActorTypeHost : IDisposable
{
    private static readonly TimeSpan DefaultIdleTimeout = TimeSpan.FromMinutes(60);

    private readonly ActorTypeInformation _type;
    private readonly ActorHosting _hosting;
    private readonly ObjectFactory _create;
    private readonly HashSet<ActorMethod> _methods;
    private readonly JsonSerializerOptions _json;
    private readonly ConcurrentDictionary<string, ActorSlot> _slots = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _aborted = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    public ActorTypeHost(ActorRegistration registration, ActorRuntimeOptions options, ActorHosting hosting)
    {
        _type = registration.Type;
        _hosting = hosting;
        _json = (registration.TypeOptions ?? options).JsonSerializerOptions;
        IdleTimeout = (registration.TypeOptions?.ActorIdleTimeout ?? options.ActorIdleTimeout) ?? DefaultIdleTimeout;
        DrainTimeout = registration.TypeOptions?.DrainOngoingCallTimeout ?? options.DrainOngoingCallTimeout;
        _create = ActivatorUtilities.CreateFactory(_type.ImplementationType, [typeof(ActorHost)]);
        _methods = [.. _type.InterfaceTypes.SelectMany(type => hosting.Directory.Interfaces.MethodsOf(type).Values)];
        Log = hosting.Loggers.CreateLogger("EmbeddedDapr.Actors");
    }

    public string Name => _type.ActorTypeName;

    public TimeSpan IdleTimeout { get; }

    public TimeSpan? DrainTimeout { get; }

    public TimeProvider Time => _hosting.Time;

    public ILogger Log { get; }

    /// <summary>How many actors have a place in memory.</summary>
    public int Count => _slots.Count;

    public bool IsDraining => _stopping;

    public void Start() => _started.SetResult();

    /// <summary>Runs a method as the actor's next turn and answers when its changes are durable.</summary>
    /// <exception cref="ActorTurnException">The turn threw.</exception>
    public async Task<byte[]> InvokeAsync(ActorId id, ActorMethod method, byte[] arguments, CancellationToken cancellationToken)
    {
        // An app may be called by another that started before it; daprd waits for it too.
        await _started.Task.WaitAsync(cancellationToken);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _aborted.Token);
        return await Queue(id, method.Name, Body, giveUp.Token);

        Task<byte[]> Body(Actor actor) => _methods.Contains(method)
            ? method.InvokeAsync(actor, arguments, _json, giveUp.Token)
            : throw new KeyNotFoundException($"The actor type '{Name}' does not implement {method.Interface.FullName}.{method.Name}.");
    }

    /// <summary>Delivers a reminder as the actor's next turn.</summary>
    public async Task<ReminderOutcome> RemindAsync(Reminder reminder)
    {
        if (_stopping)
        {
            return ReminderOutcome.Refused;
        }

        try
        {
            await Queue(new ActorId(reminder.ActorId), nameof(IRemindable.ReceiveReminderAsync), Body, _aborted.Token);
            return ReminderOutcome.Delivered;
        }
        catch (ActorTurnException)
        {
            return ReminderOutcome.Failed;
        }
        catch (Exception exception) when (exception is OperationCanceledException or DaprApiException)
        {
            return ReminderOutcome.Refused;
        }

        async Task<byte[]> Body(Actor actor)
        {
            // As in the official SDK, a reminder of a class that takes none is delivered to nobody.
            if (actor is IRemindable remindable)
            {
                await remindable.ReceiveReminderAsync(reminder.Name, reminder.State!, reminder.DueTime, reminder.Period);
            }

            return [];
        }
    }

    public void DeactivateIdle()
    {
        foreach (ActorSlot slot in _slots.Values)
        {
            slot.DeactivateIfIdle(IdleTimeout);
        }
    }

    /// <summary>Takes no more turns, and answers when those that were taken have run and every actor is deactivated.</summary>
    public Task DrainAsync()
    {
        _stopping = true;
        _started.TrySetResult();
        return Task.WhenAll(_slots.Values.Select(slot => slot.CloseAsync()));
    }

    /// <summary>Cancels the tokens of turns that run; those that only wait never begin.</summary>
    public Task AbortAsync() => _aborted.CancelAsync();

    public ActorActivation CreateActivation(ActorId id)
    {
        var state = new ActorStateManager(_hosting.State, Name, id.GetId(), _json, Time);
        AsyncServiceScope scope = _hosting.Scopes.CreateAsyncScope();
        var host = new ActorHost(_type, id, _json, _hosting.Loggers, _hosting.Proxies, state, _hosting.Reminders);
        try
        {
            return new ActorActivation((Actor)_create(scope.ServiceProvider, [host]), state, scope);
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    public void Remove(ActorSlot slot) => _slots.TryRemove(KeyValuePair.Create(slot.Id.GetId(), slot));

    public void Dispose() => _aborted.Dispose();

    private Task<byte[]> Queue(ActorId id, string name, Func<Actor, Task<byte[]>> body, CancellationToken cancellationToken)
    {
        var turn = new ActorTurn(name, body, cancellationToken);
        while (true)
        {
            if (_stopping)
            {
                throw new DaprApiException($"error invoke actor method: the app that hosts '{Name}' is stopping", "ERR_ACTOR_INVOKE_METHOD", isTransient: true);
            }

            ActorSlot slot = _slots.GetOrAdd(id.GetId(), static (_, key) => new ActorSlot(key.Host, key.Id), (Host: this, Id: id));
            if (slot.TryQueue(turn))
            {
                return turn.Reply;
            }

            // It closed between the two lines, and whoever closed it is about to remove it.
            Remove(slot);
        }
    }
}

/// <summary>What the hosts of one app share.</summary>
internal sealed record ActorHosting(
    ActorDirectory Directory,
    ActorStateTable State,
    ActorReminders Reminders,
    IActorProxyFactory Proxies,
    IServiceScopeFactory Scopes,
    ILoggerFactory Loggers,
    TimeProvider Time);
