using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.PubSub;

/// <summary>
/// Brings events of a queue to the app until each has an end: taken, dropped, moved to the dead letter topic, or given back to the
/// queue for later.
/// </summary>
/// <param name="broker">Where the events are.</param>
/// <param name="queue">Their queue.</param>
/// <param name="sender">The way to the app.</param>
/// <param name="policy">The inbound policy of the broker component.</param>
/// <param name="time">Expiry and redelivery.</param>
/// <param name="logger">Counts and ids; never what an event holds.</param>
internal sealed partial class QueueDelivery(
    Broker broker, EventQueue queue, IEventSender sender, IInboundPolicy policy, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// When an event comes again that the policy gave up and no dead letter topic takes: at the pace at which the Redis broker looks
    /// for what was left pending. It comes again until the app takes it; the depth of the queue bounds how much can wait so.
    /// </summary>
    public static readonly TimeSpan RedeliveryDelay = TimeSpan.FromSeconds(60);

    private readonly EventReader _reader = new(new RouteTable(queue.Subscription));

    /// <summary>Delivers one batch. <paramref name="release"/> hears of each event as soon as it has its end.</summary>
    /// <param name="batch">At most as many as the sender carries.</param>
    /// <param name="release">Called once per event, or not at all for an event that a stop left in the queue.</param>
    /// <param name="stopping">Ends the retries; a request that is running may still finish.</param>
    /// <param name="abort">Ends the running request too.</param>
    public async Task DeliverAsync(
        IReadOnlyList<QueuedEvent> batch, Action<QueuedEvent> release, CancellationToken stopping, CancellationToken abort)
    {
        DateTimeOffset now = time.GetUtcNow();
        ILookup<string?, QueuedEvent> byPath = batch.ToLookup(queued =>
        {
            EventReading reading = _reader.Read(queued, now);
            return reading.Expired ? null : reading.Path;
        });
        IReadOnlyList<QueuedEvent> unwanted = [.. byPath[null]];
        if (unwanted.Count > 0)
        {
            // Expired, or no route takes it.
            await SettleAsync([], unwanted, release);
        }

        foreach (IGrouping<string?, QueuedEvent> group in byPath.Where(group => group.Key is not null))
        {
            await DeliverAsync(group.Key!, [.. group], release, stopping, abort);
        }
    }

    private async Task DeliverAsync(
        string path, IReadOnlyList<QueuedEvent> events, Action<QueuedEvent> release, CancellationToken stopping, CancellationToken abort)
    {
        IReadOnlyList<QueuedEvent> pending = events;
        try
        {
            await policy.ExecuteAsync(
                async cancellationToken =>
                {
                    using CancellationTokenSource attempt = CancellationTokenSource.CreateLinkedTokenSource(abort);
                    // The policy's token means its timeout, or a stop: a stop lets the request that is running come to its end.
                    await using CancellationTokenRegistration timeout = cancellationToken.UnsafeRegister(
                        _ =>
                        {
                            if (!stopping.IsCancellationRequested)
                            {
                                attempt.Cancel();
                            }
                        },
                        state: null);
                    (pending, DeliveryFailedException? failure) = await AttemptAsync(path, pending, release, attempt.Token);
                    if (failure is not null)
                    {
                        throw failure;
                    }
                },
                stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || abort.IsCancellationRequested)
        {
            // What is pending stays in the queue and comes again with the next start.
        }
#pragma warning disable CA1031 // Whatever it was, these events now need an end.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!stopping.IsCancellationRequested)
            {
                LogGaveUp(logger, exception, queue.Name, pending.Count);
                await GiveUpAsync(pending, release);
            }
        }
    }

    private async Task<(IReadOnlyList<QueuedEvent> Pending, DeliveryFailedException? Failure)> AttemptAsync(
        string path, IReadOnlyList<QueuedEvent> events, Action<QueuedEvent> release, CancellationToken cancellationToken)
    {
        using Activity? activity = PubSubTelemetry.StartDelivery(queue.Subscription, [.. events.Select(EventReader.TraceParentOf)]);

        SendResult result = await SendAsync(path, events, cancellationToken);
        List<QueuedEvent> taken = Select(events, result, DeliveryStatus.Success);
        List<QueuedEvent> dropped = Select(events, result, DeliveryStatus.Drop);
        List<QueuedEvent> pending = Select(events, result, DeliveryStatus.Retry);
        if (taken.Count + dropped.Count > 0)
        {
            await SettleAsync(taken, dropped, release);
        }

        PubSubTelemetry.CountRetried(queue.Subscription, pending.Count);
        activity?.SetStatus(pending.Count == 0 ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        return (pending, pending.Count == 0 ? null : new DeliveryFailedException(result.FailureCode, result.Failure));
    }

    private async Task<SendResult> SendAsync(string path, IReadOnlyList<QueuedEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await sender.SendAsync(path, events, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            return SendResult.All(DeliveryStatus.Retry, events.Count, failure: exception);
        }
    }

    private async Task SettleAsync(List<QueuedEvent> taken, IReadOnlyList<QueuedEvent> givenUp, Action<QueuedEvent> release)
    {
        using Activity? activity = PubSubTelemetry.Source.StartActivity("pubsub.settle");
        await broker.SettleAsync(queue, taken, givenUp);
        PubSubTelemetry.CountDelivered(queue.Subscription, taken.Count);
        PubSubTelemetry.CountGivenUp(queue.Subscription, givenUp.Count);
        foreach (QueuedEvent settled in taken.Concat(givenUp))
        {
            release(settled);
        }
    }

    private async Task GiveUpAsync(IReadOnlyList<QueuedEvent> events, Action<QueuedEvent> release)
    {
        if (queue.Subscription.DeadLetterTopic is not null)
        {
            await SettleAsync([], events, release);
            return;
        }

        await broker.PostponeAsync(events, time.GetUtcNow() + RedeliveryDelay);
        foreach (QueuedEvent postponed in events)
        {
            release(postponed);
        }
    }

    private static List<QueuedEvent> Select(IReadOnlyList<QueuedEvent> events, SendResult result, DeliveryStatus status) =>
        [.. events.Where((_, index) => result.Statuses[index] == status)];
}
