namespace MemoryDapr.Sessions;

/// <summary>The data of <c>memory.session.expired.v1</c>: everything of the session is distilled and its window is gone.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="User">The session's owner.</param>
/// <param name="SessionId">The session.</param>
/// <param name="TurnCount">How many turns it has.</param>
/// <param name="LastActiveAt">Its last append, UTC.</param>
public sealed record SessionExpired(string Tenant, string User, string SessionId, long TurnCount, DateTimeOffset LastActiveAt);
