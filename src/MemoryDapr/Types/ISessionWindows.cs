namespace MemoryDapr.Types;

/// <summary>What other stages may ask of sessions' working memory.</summary>
internal interface ISessionWindows
{
    /// <summary>Tells the session how far it is distilled, so that it may let go of what it holds for that.</summary>
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
    /// Lets go of these turns for an erasure whose tombstones are stored already, and answers how many there were. From then on the
    /// session checks the tombstones before it takes a turn.
    /// </summary>
    Task<int> ForgetTurnsAsync(string tenant, string sessionId, IReadOnlyList<string> turnIds, CancellationToken cancellationToken);
}
