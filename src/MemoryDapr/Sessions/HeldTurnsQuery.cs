namespace MemoryDapr.Sessions;

/// <summary>Which of the turns that a session holds to list.</summary>
/// <param name="FromOrdinal">From this ordinal on.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="OnlyUnindexed">Only turns that are not in the store yet.</param>
public sealed record HeldTurnsQuery(long FromOrdinal, int Limit, bool OnlyUnindexed);
