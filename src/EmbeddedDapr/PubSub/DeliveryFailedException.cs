namespace EmbeddedDapr.PubSub;

/// <summary>A delivery left events to come again. The inbound policy of the broker decides whether and when.</summary>
/// <param name="statusCode">The app's HTTP status when it failed the whole request; null when it answered RETRY or nothing at all.</param>
/// <param name="inner">What kept the request from being answered, if it was not.</param>
#pragma warning disable CA1064 // It never leaves the broker: the policy sees it and nobody else.
internal sealed class DeliveryFailedException(int? statusCode, Exception? inner = null)
    : Exception(statusCode is null ? "The app has not taken every event." : $"The app answered the delivery with {statusCode}.", inner)
#pragma warning restore CA1064
{
    public int? StatusCode { get; } = statusCode;
}
