using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Actors;

/// <summary>
/// Delivers an app's reminders when they are due. One timer stands for the earliest of them, however many there are; a delivery is
/// taken off the table only after its turn is saved, so that a crash in between repeats it.
/// </summary>
internal sealed partial class ReminderScheduler : IAsyncDisposable
{
    /// <summary>Deliveries at the same time. More finish a backlog sooner and take more of the machine from calls.</summary>
    private const int MaxDeliveries = 64;

    private const int MaxRetries = 3;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly ReminderTable _table;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<long, Task> _deliveries = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;
    private IReadOnlyDictionary<string, ActorTypeHost> _hosts = new Dictionary<string, ActorTypeHost>();
    private Task _running = Task.CompletedTask;
    private long _wakeAt = long.MaxValue;

    public ReminderScheduler(ReminderTable table, TimeProvider time, ILogger log)
    {
        _table = table;
        _time = time;
        _log = log;
        _timer = time.CreateTimer(_ => Signal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Start(IReadOnlyDictionary<string, ActorTypeHost> hosts)
    {
        _hosts = hosts;
        Signal();
        _running = RunAsync();
    }

    /// <summary>Says that a reminder due at that time was committed.</summary>
    public void Wake(long dueAt)
    {
        if (dueAt < Volatile.Read(ref _wakeAt))
        {
            Signal();
        }
    }

    /// <summary>Starts no more deliveries. Those that run end with their turns; <see cref="DisposeAsync"/> waits for them.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Task.WhenAll(_deliveries.Values);
        await _timer.DisposeAsync();
        _stopping.Dispose();
    }

    private void Signal() => _signal.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _signal.Reader.ReadAsync(_stopping.Token);
                try
                {
                    await DeliverDueAsync();
                }
#pragma warning disable CA1031 // The table could not be read: what is due stays there, and reading it is tried again.
                catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
                {
                    LogReadFailed(_log, exception);
                    _timer.Change(RetryDelay, Timeout.InfiniteTimeSpan);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task DeliverDueAsync()
    {
        // Whatever is registered from here on signals, until the next time to wake is known.
        Volatile.Write(ref _wakeAt, long.MaxValue);
        long now = Now();
        HashSet<long> running = [.. _deliveries.Keys];
        foreach (Reminder reminder in await _table.DueAsync([.. _hosts.Keys], now, MaxDeliveries + running.Count, _stopping.Token))
        {
            if (_deliveries.Count >= MaxDeliveries)
            {
                break; // The end of a delivery signals.
            }

            // What ran when the table was read may have ended since: its row is out of date, and its end signals as well.
            if (!running.Contains(reminder.Registration))
            {
                StartDelivery(reminder);
            }
        }

        if (await _table.NextDueAsync([.. _hosts.Keys], now, _stopping.Token) is { } next)
        {
            Volatile.Write(ref _wakeAt, next);
            var wait = TimeSpan.FromMilliseconds(Math.Clamp(next - Now(), 0, (long)LongestWait.TotalMilliseconds));
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
            if (next <= Now())
            {
                // The clock moved while the timer was set (a machine that slept, say): the timer counts from too late a moment.
                Signal();
            }
        }
    }

    private void StartDelivery(Reminder reminder)
    {
        var delivery = new TaskCompletionSource();
        _deliveries[reminder.Registration] = delivery.Task;
        _ = DeliverAsync(reminder, delivery);
    }

    private async Task DeliverAsync(Reminder reminder, TaskCompletionSource delivery)
    {
        try
        {
            if (reminder.ExpiresAt <= Now())
            {
                await _table.RemoveAsync(reminder);
                return;
            }

            ReminderOutcome outcome = await _hosts[reminder.ActorType].RemindAsync(reminder);
            if (outcome != ReminderOutcome.Refused)
            {
                await SettleAsync(reminder, outcome == ReminderOutcome.Failed);
            }
        }
#pragma warning disable CA1031 // The outcome could not be written: the reminder is still due and comes again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogSettleFailed(_log, exception, reminder.ActorType, reminder.ActorId, reminder.Name);
        }
        finally
        {
            _deliveries.TryRemove(reminder.Registration, out _);
            delivery.SetResult();
            Signal();
        }
    }

    private Task SettleAsync(Reminder reminder, bool failed)
    {
        long now = Now();
        if (failed && reminder.Failures < MaxRetries)
        {
            return _table.RescheduleAsync(reminder with
            {
                DueAt = now + (long)RetryDelay.TotalMilliseconds,
                Failures = reminder.Failures + 1,
            });
        }

        if (failed)
        {
            LogGivenUp(_log, reminder.ActorType, reminder.ActorId, reminder.Name, MaxRetries + 1);
        }

        if (reminder.Period <= TimeSpan.Zero || reminder.Remaining == 1)
        {
            return _table.RemoveAsync(reminder);
        }

        // Times that passed while nothing ran are skipped: the one delivered stands for them.
        long period = Math.Max(1, (long)reminder.Period.TotalMilliseconds);
        long missed = Math.Max(0, (now - reminder.ScheduledAt) / period);
        long next = reminder.ScheduledAt + ((missed + 1) * period);
        return _table.RescheduleAsync(reminder with { DueAt = next, ScheduledAt = next, Remaining = reminder.Remaining - 1, Failures = 0 });
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
