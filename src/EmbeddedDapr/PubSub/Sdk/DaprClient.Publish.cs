namespace Dapr.Client;

public abstract partial class DaprClient
{
    /// <summary>Publishes an event without data.</summary>
    public abstract Task PublishEventAsync(string pubsubName, string topicName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="PublishEventAsync{TData}(string, string, TData, Dictionary{string, string}, CancellationToken)"/>
    public abstract Task PublishEventAsync(
        string pubsubName, string topicName, Dictionary<string, string> metadata, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="PublishEventAsync{TData}(string, string, TData, Dictionary{string, string}, CancellationToken)"/>
    public abstract Task PublishEventAsync<TData>(
        string pubsubName, string topicName, TData? data, CancellationToken cancellationToken = default);

    /// <summary>Publishes an event; it is durable for every subscriber when this returns.</summary>
    /// <param name="pubsubName">The broker's component name.</param>
    /// <param name="topicName">The topic; without subscribers it keeps nothing.</param>
    /// <param name="data">The data, written as JSON; a <see cref="CloudEvent"/> is the envelope itself.</param>
    /// <param name="metadata"><c>cloudevent.id</c>, <c>.source</c>, <c>.type</c> set the envelope's; <c>ttlInSeconds</c> lets the event expire.</param>
    /// <param name="cancellationToken">Cancels the publish as long as it waits to be written.</param>
    /// <exception cref="DaprException">It was not published.</exception>
    public abstract Task PublishEventAsync<TData>(
        string pubsubName, string topicName, TData? data, Dictionary<string, string> metadata, CancellationToken cancellationToken = default);

    /// <summary>Publishes many events together.</summary>
    /// <param name="pubsubName">The broker's component name.</param>
    /// <param name="topicName">The topic.</param>
    /// <param name="events">The data of each event.</param>
    /// <param name="metadata">For every event, as in <see cref="PublishEventAsync{TData}(string, string, TData, Dictionary{string, string}, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Cancels the publish as long as it waits to be written.</param>
    /// <returns>The events that were not published.</returns>
    public abstract Task<BulkPublishResponse<TValue>> BulkPublishEventAsync<TValue>(
        string pubsubName,
        string topicName,
        IReadOnlyList<TValue> events,
        Dictionary<string, string>? metadata = default,
        CancellationToken cancellationToken = default);
}
