namespace MemoryDapr.Types;

/// <summary>What other stages may ask of sessions' working memory.</summary>
internal interface ISessionWindows
{
    /// <summary>Tells the session how far it is distilled without a gap; less than before changes nothing.</summary>
    Task AdvanceDistilledAsync(string tenant, string sessionId, long distilledTo, CancellationToken cancellationToken);

    /// <summary>The session as it is now, also while nothing of it is indexed yet; null if there is no such session.</summary>
    Task<SessionRecord?> FindAsync(string tenant, string sessionId, CancellationToken cancellationToken);

    /// <summary>Asks the session to have indexed, planned and distilled what is due, its tail too if it has been idle.</summary>
    Task CatchUpAsync(string tenant, string sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// The turns that the session still holds, at most 1,000 from <paramref name="fromOrdinal"/> on; empty if it holds none.
    /// </summary>
    Task<IReadOnlyList<Turn>> ListHeldTurnsAsync(string tenant, string sessionId, long fromOrdinal, CancellationToken cancellationToken);

    /// <summary>
    /// Plans a pipeline for what the session has not planned yet, however little that is, durably. Answers the last pipeline that is
    /// planned and not scheduled, or null if there is none: everything is scheduled already, or the session holds nothing.
    /// It is indexed and scheduled in the background.
    /// </summary>
    Task<PipelineRecord?> PlanTailAsync(string tenant, string sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// Lets go of these turns (at most 1,000 a call) for an erasure whose tombstones are stored already, and answers how many there
    /// were. From then on the session checks the tombstones before it takes a turn. A session without any turn left closes: its next
    /// turn is a new session's, whose ordinals go on where it ended. For that, call this before the session's record is removed.
    /// </summary>
    Task<int> ForgetTurnsAsync(string tenant, string sessionId, IReadOnlyList<string> turnIds, CancellationToken cancellationToken);
}
