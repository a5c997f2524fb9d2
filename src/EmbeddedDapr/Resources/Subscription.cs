namespace EmbeddedDapr.Resources;

/// <summary>A declared subscription (<c>dapr.io/v2alpha1</c>) of the apps in <paramref name="Scopes"/>; of every app if that is empty.</summary>
/// <param name="Name">Its <c>metadata.name</c>.</param>
/// <param name="PubsubName">The broker's component name.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Rules">The routes in order: the first whose match holds takes the event.</param>
/// <param name="DefaultPath">The route of an event that no rule matches; null drops such an event.</param>
/// <param name="DeadLetterTopic">Where events go that cannot be delivered; null drops them.</param>
/// <param name="Bulk">How many at once; null delivers one by one.</param>
/// <param name="Scopes">The app ids that subscribe.</param>
internal sealed record Subscription(
    string Name,
    string PubsubName,
    string Topic,
    IReadOnlyList<SubscriptionRule> Rules,
    string? DefaultPath,
    string? DeadLetterTopic,
    BulkSubscribe? Bulk,
    IReadOnlyList<string> Scopes);

/// <summary>One route: a match expression over the event, such as <c>event.type == "x"</c>, and the path it leads to.</summary>
internal sealed record SubscriptionRule(string Match, string Path);

/// <summary>Bulk delivery: up to <paramref name="MaxMessagesCount"/> events, waited for at most <paramref name="MaxAwait"/>.</summary>
internal sealed record BulkSubscribe(int MaxMessagesCount, TimeSpan MaxAwait);
