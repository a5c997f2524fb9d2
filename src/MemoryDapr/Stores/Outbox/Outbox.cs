using System.Text.Json;
using Dapr.Actors.Client;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Outbox;

/// <summary>
/// Publishes events durably, at least once, and not on the caller's path. Events of a tenant that come while some are on their way go
/// together afterwards: thousands of sessions that expire at the same moment share few commits.
/// </summary>
internal sealed class Outbox(IActorProxyFactory actors, OutboxQueue queue)
{
    /// <summary>What goes in one call; a larger event goes alone.</summary>
    private const int MaxEvents = 100;
    private const int MaxCharacters = 256 * 1024;

    private readonly Lock _gate = new();

    // Of the tenants that have a call under way; as many entries as callers wait.
    private readonly Dictionary<string, Queue<WaitingEvent>> _waiting = new(StringComparer.Ordinal);

    /// <summary>When it returns, the event will be published, whatever happens to this process or the broker.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="topic">The topic, which is also the event's type.</param>
    /// <param name="eventId">The event's id: the same event again is published with the same id.</param>
    /// <param name="data">Its data, written as JSON.</param>
    /// <param name="cancellationToken">Stops waiting; the event may be kept all the same.</param>
    public async Task AddAsync<T>(string tenant, string topic, string eventId, T data, CancellationToken cancellationToken)
    {
        JsonElement json = JsonSerializer.SerializeToElement(data, MemoryJson.Options);
        var added = new WaitingEvent(new OutboxEvent(eventId, topic, json), json.GetRawText().Length);
        bool isFirst;
        lock (_gate)
        {
            isFirst = !_waiting.TryGetValue(tenant, out Queue<WaitingEvent>? waiting);
            if (isFirst)
            {
                _waiting.Add(tenant, waiting = new Queue<WaitingEvent>());
            }

            waiting!.Enqueue(added);
        }

        if (isFirst)
        {
            _ = SendAsync(tenant);
        }

        await added.Kept.Task.WaitAsync(cancellationToken);
    }

    private async Task SendAsync(string tenant)
    {
        while (Take(tenant) is { Count: > 0 } events)
        {
            try
            {
                IOutboxActor outbox = actors.Actor<IOutboxActor>(nameof(OutboxActor), tenant);
                await outbox.AddAsync(new OutboxBatch([.. events.Select(waiting => waiting.Event)]), CancellationToken.None);
                queue.Signal(tenant);
                events.ForEach(waiting => waiting.Kept.SetResult());
            }
#pragma warning disable CA1031 // Each caller gets it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                events.ForEach(waiting => waiting.Kept.SetException(exception));
            }
        }
    }

    // None left: the next one to come begins anew.
    private List<WaitingEvent> Take(string tenant)
    {
        lock (_gate)
        {
            Queue<WaitingEvent> waiting = _waiting[tenant];
            var taken = new List<WaitingEvent>();
            int characters = 0;
            while (taken.Count < MaxEvents
                && waiting.TryPeek(out WaitingEvent? next)
                && (taken.Count == 0 || characters + next.Characters <= MaxCharacters))
            {
                characters += next.Characters;
                taken.Add(waiting.Dequeue());
            }

            if (taken.Count == 0)
            {
                _waiting.Remove(tenant);
            }

            return taken;
        }
    }

    private sealed record WaitingEvent(OutboxEvent Event, int Characters)
    {
        public TaskCompletionSource Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
