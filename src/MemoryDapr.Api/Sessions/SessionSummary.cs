using MemoryDapr.Types;

namespace MemoryDapr.Api.Sessions;

/// <summary>A session in a list.</summary>
internal sealed record SessionSummary(
    string SessionId,
    string User,
    long TurnCount,
    long IndexedTo,
    long DistilledTo,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastActiveAt)
{
    public static SessionSummary From(SessionRecord session) =>
        new(
            session.SessionId, session.Scope.User, session.TurnCount, session.IndexedTo, session.DistilledTo, session.CreatedAt,
            session.LastActiveAt);
}
