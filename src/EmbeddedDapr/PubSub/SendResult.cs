namespace EmbeddedDapr.PubSub;

/// <summary>The outcome of one request to the app: a status for each event that was sent, in the same order.</summary>
/// <param name="Statuses">One per event.</param>
/// <param name="FailureCode">The HTTP status that failed the whole request, when one did.</param>
/// <param name="Failure">What kept the request from being answered, when something did.</param>
internal sealed record SendResult(IReadOnlyList<DeliveryStatus> Statuses, int? FailureCode = null, Exception? Failure = null)
{
    public static SendResult All(DeliveryStatus status, int count, int? failureCode = null, Exception? failure = null) =>
        new(Enumerable.Repeat(status, count).ToArray(), failureCode, failure);
}
