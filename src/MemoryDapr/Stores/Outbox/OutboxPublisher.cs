using System.Diagnostics;
using Dapr.Actors.Client;
using Dapr.Client;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Stores.Outbox;

/// <summary>Publishes what waits in outboxes. What fails stays there; the outbox's reminder asks again.</summary>
internal sealed partial class OutboxPublisher(
    OutboxQueue queue,
    IActorProxyFactory actors,
    DaprClient dapr,
    ILogger<OutboxPublisher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (string outboxId in queue.ReadAsync(stoppingToken))
        {
            try
            {
                await PublishAsync(outboxId, stoppingToken);
            }
#pragma warning disable CA1031 // The events are durable and come again with the reminder; one outbox must not stop the others.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                PublishFailed(logger, outboxId, exception);
            }
        }
    }

    private async Task PublishAsync(string outboxId, CancellationToken cancellationToken)
    {
        IOutboxActor outbox = actors.Actor<IOutboxActor>(nameof(OutboxActor), outboxId);
        while (await outbox.PeekAsync(cancellationToken) is { Events.Count: > 0 } page)
        {
            using Activity? span = MemoryTelemetry.Spans.StartActivity("outbox.publish");
            span?.SetTag("memory.events", page.Events.Count);
            foreach (OutboxEvent outboxEvent in page.Events)
            {
                await dapr.PublishEventAsync(
                    MemoryEvents.PubSub,
                    outboxEvent.Topic,
                    outboxEvent.Data,
                    MemoryEvents.Metadata(outboxEvent.Id, outboxEvent.Topic),
                    cancellationToken);
            }

            await outbox.AcknowledgeAsync(page.Next, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The events of tenant {Tenant} could not be published now; they wait in its outbox.")]
    private static partial void PublishFailed(ILogger logger, string tenant, Exception exception);
}
