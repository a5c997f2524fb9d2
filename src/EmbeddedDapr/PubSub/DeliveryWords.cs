namespace EmbeddedDapr.PubSub;

/// <summary>The words in which an app answers.</summary>
internal static class DeliveryWords
{
    /// <param name="word">The app's; case matters.</param>
    /// <param name="empty">What no word means: success for one event, retry for an entry of a bulk.</param>
    public static DeliveryStatus Parse(string? word, DeliveryStatus empty) => word switch
    {
        null or "" => empty,
        "SUCCESS" => DeliveryStatus.Success,
        "DROP" => DeliveryStatus.Drop,
        _ => DeliveryStatus.Retry,
    };
}
