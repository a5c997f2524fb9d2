using System.Collections.Immutable;
using System.Diagnostics;
using Dapr;
using EmbeddedDapr.Resources;
using EmbeddedDapr.Storage;
using Microsoft.Data.Sqlite;

namespace EmbeddedDapr.PubSub;

/// <summary>
/// A durable broker: one queue for each app of each subscription. What a publish or a settlement writes is committed as a whole
/// before it returns, and a topic that nobody subscribes to keeps nothing.
/// </summary>
internal sealed class Broker
{
    private readonly GroupCommitDatabase _database;
    private readonly IReadOnlyList<Subscription> _subscriptions;
    private readonly Dictionary<string, int> _depths;
    private readonly Lock _joining = new();
    private ImmutableDictionary<(string Pubsub, string Topic), ImmutableArray<EventQueue>> _topics =
        ImmutableDictionary<(string, string), ImmutableArray<EventQueue>>.Empty;

    /// <param name="database">Where the queues are; <see cref="QueueTable.Migrate"/> has run.</param>
    /// <param name="subscriptions">All that are declared.</param>
    /// <param name="depths">What the queues held when the database was opened.</param>
    /// <exception cref="InvalidOperationException">Two subscriptions have the same name.</exception>
    public Broker(GroupCommitDatabase database, IReadOnlyList<Subscription> subscriptions, Dictionary<string, int> depths)
    {
        if (subscriptions.GroupBy(subscription => subscription.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            // A queue is named after its subscription.
            throw new InvalidOperationException($"The subscription '{twice.Key}' is declared more than once.");
        }

        _database = database;
        _subscriptions = subscriptions;
        _depths = depths;
        // An app named in a scope has its queue from the first publish on, whether it is up yet or not.
        foreach (string appId in subscriptions.SelectMany(subscription => subscription.Scopes).Distinct(StringComparer.Ordinal))
        {
            Join(appId);
        }
    }

    /// <summary>The queues of an app, made on its first call for the subscriptions that name no app.</summary>
    public IReadOnlyList<EventQueue> Join(string appId)
    {
        lock (_joining)
        {
            foreach (Subscription subscription in _subscriptions.Where(subscription => IsOf(subscription, appId)))
            {
                ImmutableArray<EventQueue> queues = QueuesOf(subscription.PubsubName, subscription.Topic);
                if (!queues.Any(queue => queue.AppId == appId && queue.Subscription.Name == subscription.Name))
                {
                    string name = EventQueue.NameOf(subscription, appId);
                    EventQueue queue = new(subscription, appId, name, _depths.GetValueOrDefault(name));
                    _topics = _topics.SetItem((subscription.PubsubName, subscription.Topic), queues.Add(queue));
                }
            }

            return [.. _topics.Values.SelectMany(queues => queues).Where(queue => queue.AppId == appId)];
        }
    }

    /// <summary>Puts the events into the queue of every subscriber, all or none, and returns when they are durable.</summary>
    /// <exception cref="DaprException">A queue is full, or the storage failed.</exception>
    public async Task PublishAsync(
        string pubsub, string topic, IReadOnlyList<byte[]> envelopes, CancellationToken cancellationToken = default)
    {
        ImmutableArray<EventQueue> queues = QueuesOf(pubsub, topic);
        if (queues.IsEmpty || envelopes.Count == 0)
        {
            return;
        }

        if (!TryReserve(queues, envelopes.Count, out EventQueue? full))
        {
            throw new DaprException($"The queue '{full!.Name}' of topic '{topic}' is full: it holds {full.Depth} events.");
        }

        using Activity? activity = PubSubTelemetry.Source.StartActivity("pubsub.publish", ActivityKind.Producer);
        activity?.SetTag("messaging.destination.name", topic).SetTag("messaging.batch.message_count", envelopes.Count);
        try
        {
            await CommitAsync(queues, envelopes.Count, session => Insert(session, queues, envelopes), cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw new DaprException($"Publishing to topic '{topic}' failed: the event could not be stored.", exception);
        }
    }

    /// <summary>Takes the events that are done with out of their queue, and moves those given up to the dead letter topic, if there is one.</summary>
    public async Task SettleAsync(EventQueue queue, IReadOnlyList<QueuedEvent> done, IReadOnlyList<QueuedEvent> givenUp)
    {
        ImmutableArray<EventQueue> deadLetters = queue.Subscription.DeadLetterTopic is { } topic && givenUp.Count > 0
            ? QueuesOf(queue.Subscription.PubsubName, topic)
            : [];
        if (!TryReserve(deadLetters, givenUp.Count, out EventQueue? full))
        {
            throw new DaprException($"The dead letter queue '{full!.Name}' is full: it holds {full.Depth} events.");
        }

        // Not to be cancelled: the app has answered, and forgetting its answer would only repeat its work.
        await CommitAsync(
            deadLetters,
            givenUp.Count,
            session =>
            {
                Insert(session, deadLetters, givenUp.Select(letter => letter.Envelope));
                foreach (QueuedEvent settled in done.Concat(givenUp))
                {
                    QueueTable.Delete(session, settled.Id);
                }
            },
            CancellationToken.None);
        queue.Release(done.Count + givenUp.Count);
    }

    /// <summary>Lets the events come again from <paramref name="due"/> on.</summary>
    public Task PostponeAsync(IReadOnlyList<QueuedEvent> events, DateTimeOffset due) => _database.WriteAsync(session =>
    {
        foreach (QueuedEvent postponed in events)
        {
            QueueTable.Postpone(session, postponed.Id, due.ToUnixTimeMilliseconds());
        }
    });

    /// <summary>What may be delivered now, and if that is nothing, when the next event will be due.</summary>
    public Task<(List<QueuedEvent> Ready, long? NextDue)> ReadAsync(
        EventQueue queue, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        long instant = now.ToUnixTimeMilliseconds();
        return _database.ReadAsync(
            session => (QueueTable.Ready(session, queue.Name, instant, limit), QueueTable.NextDue(session, queue.Name, instant)),
            cancellationToken);
    }

    private static bool IsOf(Subscription subscription, string appId) =>
        subscription.Scopes.Count == 0 || subscription.Scopes.Contains(appId, StringComparer.Ordinal);

    private static void Insert(SqliteSession session, ImmutableArray<EventQueue> queues, IEnumerable<byte[]> envelopes)
    {
        foreach (byte[] envelope in envelopes)
        {
            foreach (EventQueue queue in queues)
            {
                QueueTable.Insert(session, queue.Name, envelope);
            }
        }
    }

    private static bool TryReserve(ImmutableArray<EventQueue> queues, int events, out EventQueue? full)
    {
        for (int i = 0; i < queues.Length; i++)
        {
            if (!queues[i].TryReserve(events))
            {
                full = queues[i];
                Release(queues[..i], events);
                return false;
            }
        }

        full = null;
        return true;
    }

    private static void Release(ImmutableArray<EventQueue> queues, int events)
    {
        foreach (EventQueue queue in queues)
        {
            queue.Release(events);
        }
    }

    private ImmutableArray<EventQueue> QueuesOf(string pubsub, string topic) => _topics.GetValueOrDefault((pubsub, topic), []);

    private async Task CommitAsync(
        ImmutableArray<EventQueue> arriving, int events, Action<SqliteSession> write, CancellationToken cancellationToken)
    {
        try
        {
            await _database.WriteAsync(write, cancellationToken);
        }
        catch
        {
            Release(arriving, events);
            throw;
        }

        foreach (EventQueue queue in arriving)
        {
            queue.OnArrived();
        }
    }
}
