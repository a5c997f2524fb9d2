using MemoryDapr.Stores;

namespace MemoryDapr.Api.Forget;

/// <summary>The receipt of an erasure; the same request again gets the same.</summary>
/// <param name="ReceiptId">The receipt's id.</param>
/// <param name="Erased">What was erased: <c>session:ID</c>, <c>user:ID</c> or <c>item:ID</c>.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="CompletedAt">When nothing of it was left; absent while the rest is still going.</param>
/// <param name="Counts">How many items went, per tier.</param>
/// <param name="Rebuilt">How many derived items were rebuilt from what other turns still support.</param>
internal sealed record ReceiptAnswer(
    string ReceiptId, string Erased, DateTimeOffset RequestedAt, DateTimeOffset? CompletedAt, TierCounts Counts, long Rebuilt)
{
    public static ReceiptAnswer From(ErasureRecord erasure) =>
        new(
            erasure.ReceiptId, erasure.Key, erasure.RequestedAt, erasure.CompletedAt,
            new TierCounts(erasure.Working, erasure.Episodic, erasure.Semantic), erasure.Rebuilt);
}
