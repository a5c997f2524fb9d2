namespace EmbeddedDapr.PubSub;

/// <summary>One way to hand events to an app: one by one or in bulk.</summary>
internal interface IEventSender
{
    /// <summary>Events that one request carries at most.</summary>
    int MaxEvents { get; }

    /// <summary>How long to wait for a request to fill up.</summary>
    TimeSpan MaxAwait { get; }

    /// <summary>Posts the events to the route and says what the app made of each; an answer that did not come is a retry.</summary>
    Task<SendResult> SendAsync(string path, IReadOnlyList<QueuedEvent> events, CancellationToken cancellationToken);
}
