using System.Text.Json;
using Dapr.Actors.Client;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Outbox;

/// <summary>Publishes events durably, at least once, and not on the caller's path.</summary>
internal sealed class Outbox(IActorProxyFactory actors, OutboxQueue queue)
{
    /// <summary>When it returns, the event will be published, whatever happens to this process or the broker.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="topic">The topic, which is also the event's type.</param>
    /// <param name="eventId">The event's id: the same event again is published with the same id.</param>
    /// <param name="data">Its data, written as JSON.</param>
    /// <param name="cancellationToken">Stops waiting; the event may be kept all the same.</param>
    public async Task AddAsync<T>(string tenant, string topic, string eventId, T data, CancellationToken cancellationToken)
    {
        JsonElement json = JsonSerializer.SerializeToElement(data, MemoryJson.Options);
        IOutboxActor outbox = actors.Actor<IOutboxActor>(nameof(OutboxActor), tenant);
        await outbox.AddAsync(new OutboxBatch([new OutboxEvent(eventId, topic, json)]), cancellationToken);
        queue.Signal(tenant);
    }
}
