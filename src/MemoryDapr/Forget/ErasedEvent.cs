namespace MemoryDapr.Forget;

/// <summary>The data of <c>memory.erased.v1</c>.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="User">The user whose memory it was.</param>
/// <param name="Subject">What was erased: <c>session:ID</c>, <c>user:ID</c> or <c>item:ID</c>.</param>
/// <param name="ReceiptId">The receipt's id.</param>
public sealed record ErasedEvent(string Tenant, string User, string Subject, string ReceiptId);
