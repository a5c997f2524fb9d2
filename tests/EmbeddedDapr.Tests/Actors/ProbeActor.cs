using Dapr.Actors;
using Dapr.Actors.Runtime;

namespace EmbeddedDapr.Tests.Actors;

public interface IProbeActor : IActor
{
    /// <summary>Runs the script of that name inside a turn.</summary>
    Task<string?> RunAsync(string script, string? argument = null, CancellationToken cancellationToken = default);

    Task<Basket> AddAsync(Basket basket, string item, int count);

    Task TouchAsync();
}

/// <summary>A mutable object on purpose.</summary>
public sealed class Basket
{
    public IDictionary<string, int> Items { get; init; } = new Dictionary<string, int>();
}

/// <summary>An actor that does what the test's scripts say.</summary>
internal sealed class ProbeActor(ActorHost host, Probe probe, ScopedProbe scoped) : Actor(host), IProbeActor, IRemindable
{
    private Basket? _kept;

    public ScopedProbe Scoped => scoped;

    public async Task<string?> RunAsync(string script, string? argument = null, CancellationToken cancellationToken = default) =>
        await probe.Scripts[script](Context(argument, cancellationToken));

    public Task<Basket> AddAsync(Basket basket, string item, int count)
    {
        _kept ??= basket;
        _kept.Items[item] = count;
        return Task.FromResult(_kept);
    }

    public Task TouchAsync() => Task.CompletedTask;

    public Task ReceiveReminderAsync(string reminderName, byte[] state, TimeSpan dueTime, TimeSpan period) =>
        probe.Reminding(Context(state is null ? null : System.Text.Encoding.UTF8.GetString(state), default), reminderName);

    public Task<IActorReminder> RemindAsync(string name, byte[]? state, TimeSpan dueTime, TimeSpan period) =>
        RegisterReminderAsync(name, state, dueTime, period);

    public Task<IActorReminder> RemindAsync(string name, TimeSpan dueTime, TimeSpan period, TimeSpan ttl) =>
        RegisterReminderAsync(name, null, dueTime, period, ttl);

    public Task<IActorReminder> RemindAsync(string name, TimeSpan dueTime, TimeSpan period, int repetitions) =>
        RegisterReminderAsync(name, null, dueTime, period, repetitions);

    public Task<IActorReminder> RemindAsync(string name, TimeSpan dueTime, TimeSpan period, int repetitions, TimeSpan ttl) =>
        RegisterReminderAsync(name, null, dueTime, period, repetitions, ttl);

    public Task<IActorReminder> FindReminderAsync(string name) => GetReminderAsync(name);

    public Task ForgetReminderAsync(string name) => UnregisterReminderAsync(name);

    public Task ForgetReminderAsync(IActorReminder reminder) => UnregisterReminderAsync(reminder);

    public Task SaveNowAsync() => SaveStateAsync();

    public Microsoft.Extensions.Logging.ILogger OwnLogger => Logger;

    protected override Task OnActivateAsync()
    {
        probe.Say($"activated {Id}");
        return probe.Activating(Context(null, default));
    }

    protected override Task OnDeactivateAsync()
    {
        probe.Say($"deactivated {Id}");
        return Task.CompletedTask;
    }

    private ActorContext Context(string? argument, CancellationToken cancellationToken) => new(this, StateManager, argument, cancellationToken);
}
