namespace MemoryDapr.Forget;

/// <summary>Asks to erase one thing; exactly one of session, user and item is named.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="SessionId">A session.</param>
/// <param name="User">A user with all sessions and memories.</param>
/// <param name="ItemId">One item.</param>
public sealed record ForgetRequest(string Tenant, string? SessionId, string? User, string? ItemId);
