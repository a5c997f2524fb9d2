using MemoryDapr.Types;

namespace MemoryDapr.Api.Exchange;

/// <summary>A session as a line has it.</summary>
internal sealed record SessionLine
{
    public string? SessionId { get; init; }

    public long? TurnCount { get; init; }

    public long? NextOrdinal { get; init; }

    public long? DistilledTo { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? LastActiveAt { get; init; }

    public static SessionLine From(SessionRecord session) => new()
    {
        SessionId = session.SessionId,
        TurnCount = session.TurnCount,
        NextOrdinal = session.NextOrdinal,
        DistilledTo = session.DistilledTo,
        CreatedAt = session.CreatedAt,
        LastActiveAt = session.LastActiveAt,
    };

    public SessionRecord ToRecord(Scope scope) => new()
    {
        SessionId = SessionId!,
        Scope = scope,
        TurnCount = TurnCount!.Value,
        NextOrdinal = NextOrdinal!.Value,
        IndexedTo = NextOrdinal.Value,
        DistilledTo = DistilledTo!.Value,
        CreatedAt = CreatedAt!.Value,
        LastActiveAt = LastActiveAt!.Value,
    };
}
