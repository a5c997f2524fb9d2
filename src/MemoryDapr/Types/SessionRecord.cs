namespace MemoryDapr.Types;

/// <summary>What stays of a session until it is erased: what lists and the owner rule read.</summary>
public sealed record SessionRecord
{
    /// <summary>Unique in its tenant.</summary>
    public required string SessionId { get; init; }

    /// <summary>The owner: the user of the session's first append.</summary>
    public required Scope Scope { get; init; }

    /// <summary>How many turns it has, erased ones not counted.</summary>
    public long TurnCount { get; init; }

    /// <summary>The ordinal that the next turn gets.</summary>
    public long NextOrdinal { get; init; }

    /// <summary>Turns below this ordinal are stored as evidence.</summary>
    public long IndexedTo { get; init; }

    /// <summary>Turns below this ordinal are distilled.</summary>
    public long DistilledTo { get; init; }

    /// <summary>The first append, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last append, UTC.</summary>
    public required DateTimeOffset LastActiveAt { get; init; }
}
