using MemoryDapr.Sessions;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Sessions;

/// <summary>A session as it is now.</summary>
internal sealed record SessionAnswer(
    string SessionId,
    string User,
    long TurnCount,
    long IndexedTo,
    long DistilledTo,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastActiveAt,
    DateTimeOffset? ExpiresAt,
    IReadOnlyList<TurnAnswer> Window)
{
    public static SessionAnswer From(SessionView view)
    {
        SessionRecord session = view.Session;
        return new(
            session.SessionId, session.Scope.User, session.TurnCount, session.IndexedTo, session.DistilledTo, session.CreatedAt,
            session.LastActiveAt, view.ExpiresAt, [.. view.Window.Select(TurnAnswer.From)]);
    }
}
