using System.Net;

namespace EmbeddedDapr.PubSub;

/// <summary>
/// A delivery left events to come again. The inbound policy of the broker decides whether and when; it matches on the status, which is
/// there only when the app failed the whole request.
/// </summary>
#pragma warning disable CA1064 // It never leaves the broker: the policy sees it and nobody else.
internal sealed class DeliveryFailedException(int? statusCode, Exception? inner = null)
#pragma warning restore CA1064
    : HttpRequestException(
        statusCode is null ? "The app has not taken every event." : $"The app answered the delivery with {statusCode}.",
        inner,
        (HttpStatusCode?)statusCode);
