#nullable disable // As in the official package, which is not annotated here.

using Dapr.Actors.Client;
using Microsoft.Extensions.Logging;

namespace Dapr.Actors.Runtime;

/// <summary>The base of every actor: one id, its own state, one turn at a time.</summary>
public abstract class Actor
{
    /// <summary>An actor at its host, which the runtime hands to the constructor.</summary>
    protected Actor(ActorHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        Host = host;
        StateManager = host.State;
        Logger = host.LoggerFactory.CreateLogger(GetType());
    }

    /// <summary>A logger named after the actor's type.</summary>
    protected ILogger Logger { get; }

    /// <summary>The actor's id.</summary>
    public ActorId Id => Host.Id;

    /// <summary>What the runtime knows about this actor.</summary>
    public ActorHost Host { get; }

    /// <summary>Makes proxies of other actors.</summary>
    public IActorProxyFactory ProxyFactory => Host.ProxyFactory;

    /// <summary>The actor's state, saved after a successful turn.</summary>
    public IActorStateManager StateManager { get; protected set; }

    /// <summary>Called before the first turn. What it writes is saved before that turn.</summary>
    protected virtual Task OnActivateAsync() => Task.CompletedTask;

    /// <summary>Called when the actor leaves memory, idle or at shutdown. What it writes to its state is not saved.</summary>
    protected virtual Task OnDeactivateAsync() => Task.CompletedTask;

    /// <summary>Saves the state at once, within the turn.</summary>
    protected Task SaveStateAsync() => StateManager.SaveStateAsync();

    /// <summary>Registers a durable reminder that survives deactivation and restart, over one with the same name.</summary>
    /// <param name="reminderName">Its name, without <c># ? / \</c> and control characters.</param>
    /// <param name="state">Handed back when it is due; may be null.</param>
    /// <param name="dueTime">From now to the first time; zero is at once.</param>
    /// <param name="period">Between two times; <see cref="Timeout.InfiniteTimeSpan"/> for once.</param>
    protected Task<IActorReminder> RegisterReminderAsync(string reminderName, byte[] state, TimeSpan dueTime, TimeSpan period) =>
        Host.Reminders.RegisterAsync(Host, reminderName, state, dueTime, period, repetitions: null, ttl: null);

    /// <summary>Registers a reminder that ends <paramref name="ttl"/> from now.</summary>
    /// <inheritdoc cref="RegisterReminderAsync(string, byte[], TimeSpan, TimeSpan)"/>
    protected Task<IActorReminder> RegisterReminderAsync(
        string reminderName, byte[] state, TimeSpan dueTime, TimeSpan period, TimeSpan ttl) =>
        Host.Reminders.RegisterAsync(Host, reminderName, state, dueTime, period, repetitions: null, ttl);

    /// <summary>Registers a reminder that comes at most <paramref name="repetitions"/> times and ends <paramref name="ttl"/> from now.</summary>
    /// <inheritdoc cref="RegisterReminderAsync(string, byte[], TimeSpan, TimeSpan)"/>
    protected Task<IActorReminder> RegisterReminderAsync(
        string reminderName, byte[] state, TimeSpan dueTime, TimeSpan period, int repetitions, TimeSpan ttl) =>
        Host.Reminders.RegisterAsync(Host, reminderName, state, dueTime, period, repetitions, ttl);

    /// <summary>Registers a reminder that comes at most <paramref name="repetitions"/> times.</summary>
    /// <inheritdoc cref="RegisterReminderAsync(string, byte[], TimeSpan, TimeSpan)"/>
    protected Task<IActorReminder> RegisterReminderAsync(
        string reminderName, byte[] state, TimeSpan dueTime, TimeSpan period, int repetitions) =>
        Host.Reminders.RegisterAsync(Host, reminderName, state, dueTime, period, repetitions, ttl: null);

    /// <summary>The registered reminder of that name, or null.</summary>
    protected Task<IActorReminder> GetReminderAsync(string reminderName) => Host.Reminders.GetAsync(Host, reminderName);

    /// <summary>Ends a reminder. One that is not there is no error.</summary>
    protected Task UnregisterReminderAsync(IActorReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        return UnregisterReminderAsync(reminder.Name);
    }

    /// <summary>Ends the reminder of that name. One that is not there is no error.</summary>
    protected Task UnregisterReminderAsync(string reminderName) => Host.Reminders.UnregisterAsync(Host, reminderName);

    internal Task ActivateAsync() => OnActivateAsync();

    internal Task DeactivateAsync() => OnDeactivateAsync();
}
