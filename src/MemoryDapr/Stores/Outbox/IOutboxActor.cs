using Dapr.Actors;

namespace MemoryDapr.Stores.Outbox;

/// <summary>
/// Events that are promised but not yet published. A broker that is down holds a publish for seconds, so nothing publishes on a
/// request's path: the request ends when the event is durable here. Its id is the tenant.
/// </summary>
public interface IOutboxActor : IActor
{
    /// <summary>Keeps events; when it returns they are durable.</summary>
    Task AddAsync(OutboxBatch batch, CancellationToken cancellationToken = default);

    /// <summary>The oldest events that are not published yet, about 100.</summary>
    Task<OutboxPage> PeekAsync(CancellationToken cancellationToken = default);

    /// <summary>Forgets the pages before <paramref name="next"/>: they are published.</summary>
    Task AcknowledgeAsync(long next, CancellationToken cancellationToken = default);
}
