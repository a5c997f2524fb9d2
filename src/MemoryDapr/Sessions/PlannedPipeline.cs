namespace MemoryDapr.Sessions;

/// <summary>A range of turns that will be distilled together, and is not scheduled yet.</summary>
/// <param name="From">The first turn's ordinal.</param>
/// <param name="To">The ordinal after the last turn.</param>
/// <param name="At">When it was planned, UTC.</param>
internal sealed record PlannedPipeline(long From, long To, DateTimeOffset At);
