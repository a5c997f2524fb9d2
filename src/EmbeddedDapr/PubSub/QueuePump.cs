using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.PubSub;

/// <summary>
/// Takes events from a queue, in the order of their arrival as far as retries allow it, and keeps a bounded number of them under way.
/// </summary>
internal sealed partial class QueuePump : IAsyncDisposable
{
    /// <summary>
    /// Events of one queue that may be under way at once: the concurrency of the Redis component's declarations here. More hides slow
    /// routes and blurs the order; a bulk larger than this is under way alone.
    /// </summary>
    public const int MaxInFlight = 64;

    // After a fault of the storage: not at once again, and not never.
    private static readonly TimeSpan FaultDelay = TimeSpan.FromSeconds(5);

    private readonly Broker _broker;
    private readonly EventQueue _queue;
    private readonly IEventSender _sender;
    private readonly QueueDelivery _delivery;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _capacity;

    private readonly HashSet<long> _inFlight = [];
    private readonly ConcurrentQueue<long> _released = new();
    private readonly List<Task> _running = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly ITimer _timer;
    private DateTimeOffset? _fillingSince;
    private Task _loop = Task.CompletedTask;

    public QueuePump(Broker broker, EventQueue queue, IEventSender sender, IInboundPolicy policy, TimeProvider time, ILogger logger)
    {
        _broker = broker;
        _queue = queue;
        _sender = sender;
        _delivery = new QueueDelivery(broker, queue, sender, policy, time, logger);
        _time = time;
        _logger = logger;
        _capacity = Math.Max(MaxInFlight, sender.MaxEvents);
        _timer = time.CreateTimer(_ => Signal(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Start()
    {
        _queue.Arrived += Signal;
        Signal();
        _loop = RunAsync();
    }

    /// <summary>Takes no more, lets the requests under way come to their end, and aborts them when <paramref name="cancellationToken"/> fires.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Arrived -= Signal;
        await _stopping.CancelAsync();
        await using CancellationTokenRegistration hurry = cancellationToken.UnsafeRegister(_ => _abort.Cancel(), state: null);
        await _loop;
        await Task.WhenAll(_running);
    }

    public async ValueTask DisposeAsync()
    {
        await _abort.CancelAsync();
        await StopAsync(CancellationToken.None);
        await _timer.DisposeAsync();
        _stopping.Dispose();
        _abort.Dispose();
    }

    private void Signal() => _signal.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        try
        {
            while (await _signal.Reader.WaitToReadAsync(_stopping.Token))
            {
                _signal.Reader.TryRead(out _);
                TimeSpan wait = await PumpAsync();
                // Never longer than one delay, so that a clock set back does not hold anything for as long as it was set back.
                _timer.Change(wait > QueueDelivery.RedeliveryDelay ? QueueDelivery.RedeliveryDelay : wait, Timeout.InfiniteTimeSpan);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    /// <summary>Sends all that can be sent now and answers how long to wait if nothing else happens.</summary>
    private async Task<TimeSpan> PumpAsync()
    {
        try
        {
            while (true)
            {
                Reclaim();
                (IReadOnlyList<QueuedEvent> batch, TimeSpan wait) = await NextBatchAsync();
                if (batch.Count == 0)
                {
                    return wait;
                }

                Send(batch);
            }
        }
#pragma warning disable CA1031 // The loop outlives a fault of the storage; the events are still there.
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFault(_logger, exception, _queue.Name);
            return FaultDelay;
        }
    }

    // Only here do events leave the set: what a delivery settled is gone from the table before the next read, and so cannot come twice.
    private void Reclaim()
    {
        while (_released.TryDequeue(out long id))
        {
            _inFlight.Remove(id);
        }

        _running.RemoveAll(task => task.IsCompleted);
    }

    private async Task<(IReadOnlyList<QueuedEvent> Batch, TimeSpan Wait)> NextBatchAsync()
    {
        int room = _capacity - _inFlight.Count;
        if (room == 0)
        {
            return ([], Timeout.InfiniteTimeSpan);
        }

        DateTimeOffset now = _time.GetUtcNow();
        (List<QueuedEvent> read, long? nextDue) =
            await _broker.ReadAsync(_queue, now, _inFlight.Count + _sender.MaxEvents, _stopping.Token);
        List<QueuedEvent> ready = [.. read.Where(queued => !_inFlight.Contains(queued.Id)).Take(_sender.MaxEvents)];
        if (ready.Count == 0)
        {
            _fillingSince = null;
            return ([], nextDue is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) - now : Timeout.InfiniteTimeSpan);
        }

        if (ready.Count < _sender.MaxEvents || room < _sender.MaxEvents)
        {
            _fillingSince ??= now;
            TimeSpan remaining = _fillingSince.Value + _sender.MaxAwait - now;
            if (remaining > TimeSpan.Zero)
            {
                return ([], remaining);
            }
        }

        _fillingSince = null;
        return ([.. ready.Take(room)], TimeSpan.Zero);
    }

    private void Send(IReadOnlyList<QueuedEvent> batch)
    {
        foreach (QueuedEvent queued in batch)
        {
            _inFlight.Add(queued.Id);
        }

        _running.Add(DeliverAsync(batch));
    }

    private async Task DeliverAsync(IReadOnlyList<QueuedEvent> batch)
    {
        // The loop goes on at once, however long the app works before its first await.
        await Task.Yield();
        HashSet<long> left = [.. batch.Select(queued => queued.Id)];
        try
        {
            await _delivery.DeliverAsync(batch, Release, _stopping.Token, _abort.Token);
        }
#pragma warning disable CA1031 // A fault of the storage: the events are still in the queue and come again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFault(_logger, exception, _queue.Name);
            await WaitAsync(FaultDelay);
            foreach (long id in left)
            {
                _released.Enqueue(id);
            }

            Signal();
        }

        void Release(QueuedEvent settled)
        {
            left.Remove(settled.Id);
            _released.Enqueue(settled.Id);
            Signal();
        }
    }

    private async Task WaitAsync(TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, _time, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // A stop has no need to wait.
        }
    }
}
