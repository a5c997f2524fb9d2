using System.Diagnostics;
using System.Diagnostics.Metrics;
using EmbeddedDapr.Resources;

namespace EmbeddedDapr.PubSub;

/// <summary>What the broker tells of itself, per topic.</summary>
internal static class PubSubTelemetry
{
    public static readonly ActivitySource Source = new("EmbeddedDapr.PubSub");

    private static readonly Meter Meter = new("EmbeddedDapr");

    private static readonly Counter<long> Delivered =
        Meter.CreateCounter<long>("dapr.pubsub.delivered", "{event}", "Events that an app has taken.");

    private static readonly Counter<long> Retried =
        Meter.CreateCounter<long>("dapr.pubsub.retried", "{event}", "Events that an app has not taken and that come again.");

    private static readonly Counter<long> DeadLettered =
        Meter.CreateCounter<long>("dapr.pubsub.dead_lettered", "{event}", "Events given up and moved to a dead letter topic.");

    private static readonly Counter<long> Dropped =
        Meter.CreateCounter<long>("dapr.pubsub.dropped", "{event}", "Events given up where no dead letter topic is declared.");

    /// <summary>The span of one request to the app: a child of its event's publisher, or linked to the publishers of a bulk.</summary>
    public static Activity? StartDelivery(Subscription subscription, IReadOnlyList<string?> traceParents)
    {
        List<ActivityContext> publishers = [];
        foreach (string? traceParent in traceParents)
        {
            if (ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out ActivityContext publisher))
            {
                publishers.Add(publisher);
            }
        }

        bool single = traceParents.Count == 1;
        return Source.StartActivity(
            "pubsub.deliver",
            ActivityKind.Consumer,
            single ? publishers.FirstOrDefault() : default,
            [new("messaging.destination.name", subscription.Topic), new("messaging.batch.message_count", traceParents.Count)],
            single ? [] : publishers.Select(publisher => new ActivityLink(publisher)));
    }

    public static void CountDelivered(Subscription subscription, int events) => Add(Delivered, subscription, events);

    public static void CountRetried(Subscription subscription, int events) => Add(Retried, subscription, events);

    public static void CountGivenUp(Subscription subscription, int events) =>
        Add(subscription.DeadLetterTopic is null ? Dropped : DeadLettered, subscription, events);

    private static void Add(Counter<long> counter, Subscription subscription, int events)
    {
        if (events > 0)
        {
            counter.Add(events, new("pubsub", subscription.PubsubName), new("topic", subscription.Topic));
        }
    }
}
