using System.Globalization;
using System.Text.Json;
using Dapr;
using Dapr.Client;
using EmbeddedDapr.PubSub;

namespace EmbeddedDapr.Invocation;

internal sealed partial class EmbeddedDaprClient
{
    private const string Json = "application/json";

    private readonly EventPublisher _publisher = new(sidecar.Runtime.Broker, sidecar.AppId, sidecar.Runtime.Time);

    public override Task PublishEventAsync(string pubsubName, string topicName, CancellationToken cancellationToken = default) =>
        PublishAsync(pubsubName, topicName, new EventMessage(default, ContentType: null, Metadata: null), cancellationToken);

    public override Task PublishEventAsync(
        string pubsubName, string topicName, Dictionary<string, string> metadata, CancellationToken cancellationToken = default) =>
        PublishAsync(pubsubName, topicName, new EventMessage(default, ContentType: null, metadata), cancellationToken);

    public override Task PublishEventAsync<TData>(
        string pubsubName, string topicName, TData? data, CancellationToken cancellationToken = default)
        where TData : default =>
        PublishAsync(pubsubName, topicName, Message(data, metadata: null), cancellationToken);

    public override Task PublishEventAsync<TData>(
        string pubsubName,
        string topicName,
        TData? data,
        Dictionary<string, string> metadata,
        CancellationToken cancellationToken = default)
        where TData : default
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return PublishAsync(pubsubName, topicName, Message(data, metadata), cancellationToken);
    }

    public override async Task<BulkPublishResponse<TValue>> BulkPublishEventAsync<TValue>(
        string pubsubName,
        string topicName,
        IReadOnlyList<TValue> events,
        Dictionary<string, string>? metadata = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        try
        {
            await _publisher.PublishAsync(pubsubName, topicName, [.. events.Select(data => Message(data, metadata))], cancellationToken);
            return new BulkPublishResponse<TValue>([]);
        }
        catch (DaprException exception)
        {
            // All or none: the broker writes them in one transaction.
            return new BulkPublishResponse<TValue>([.. events.Select((data, index) => new BulkPublishResponseFailedEntry<TValue>(
                new BulkPublishEntry<TValue>(index.ToString(CultureInfo.InvariantCulture), data, ContentTypeOf(data), metadata),
                exception.Message))]);
        }
    }

    private static string ContentTypeOf<TData>(TData data) => data is CloudEvent ? CloudEventNames.ContentType : Json;

    private EventMessage Message<TData>(TData? data, Dictionary<string, string>? metadata) =>
        new(JsonSerializer.SerializeToUtf8Bytes(data, json), ContentTypeOf(data), metadata);

    private Task PublishAsync(string pubsubName, string topicName, EventMessage message, CancellationToken cancellationToken) =>
        _publisher.PublishAsync(pubsubName, topicName, message, cancellationToken);
}
