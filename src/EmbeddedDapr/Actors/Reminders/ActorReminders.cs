using Dapr;
using Dapr.Actors.Runtime;

namespace EmbeddedDapr.Actors;

/// <summary>What an actor does with its reminders. Each call is durable when it returns, whatever becomes of the turn.</summary>
internal sealed class ActorReminders(ReminderTable table, ReminderScheduler scheduler, TimeProvider time)
{
    public async Task<IActorReminder> RegisterAsync(
        ActorHost host, string name, byte[]? state, TimeSpan dueTime, TimeSpan period, int? repetitions, TimeSpan? ttl)
    {
        CheckName(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(ttl ?? TimeSpan.MaxValue, dueTime, nameof(ttl));
        ArgumentOutOfRangeException.ThrowIfLessThan(repetitions ?? 1, 1, nameof(repetitions));
        if (state?.Length > ActorPayload.MaxBytes)
        {
            throw new DaprApiException($"The reminder's state has {state.Length} bytes; {ActorPayload.MaxBytes} are allowed.", "ERR_ACTOR_REMINDER_CREATE", isTransient: false);
        }

        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        long dueAt = After(now, dueTime);
        var reminder = new Reminder(
            0,
            host.ActorTypeInfo.ActorTypeName,
            host.Id.GetId(),
            name,
            state,
            dueTime,
            period,
            dueAt,
            dueAt,
            repetitions,
            ttl is { } lifetime ? After(now, lifetime) : null,
            0);
        await table.RegisterAsync(reminder);
        scheduler.Wake(dueAt);
        return reminder;
    }

    public async Task<IActorReminder?> GetAsync(ActorHost host, string name)
    {
        CheckName(name);
        return await table.FindAsync(host.ActorTypeInfo.ActorTypeName, host.Id.GetId(), name);
    }

    public Task UnregisterAsync(ActorHost host, string name)
    {
        CheckName(name);
        return table.UnregisterAsync(host.ActorTypeInfo.ActorTypeName, host.Id.GetId(), name);
    }

    private static long After(long now, TimeSpan delay) => now + (long)Math.Ceiling(delay.TotalMilliseconds);

    private static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Any(character => character is '#' or '?' or '/' or '\\' || char.IsControl(character)))
        {
            throw new DaprApiException(@"A reminder's name must not contain '#', '?', '/', '\' or control characters.", "ERR_ACTOR_REMINDER_CREATE", isTransient: false);
        }
    }
}
