namespace EmbeddedDapr.PubSub;

/// <summary>What the app said of one event.</summary>
internal enum DeliveryStatus
{
    /// <summary>Done with: it leaves the queue.</summary>
    Success,

    /// <summary>Not now: it comes again, as the policy says.</summary>
    Retry,

    /// <summary>Never: it goes to the dead letter topic, and without one it is gone.</summary>
    Drop,
}
