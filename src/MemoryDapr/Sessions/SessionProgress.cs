namespace MemoryDapr.Sessions;

/// <summary>How far indexing and scheduling have come. Repeating it, or telling less than before, changes nothing.</summary>
/// <param name="IndexedTo">Turns below this ordinal are in the store.</param>
/// <param name="ScheduledTo">Pipelines whose watermark is at most this are scheduled.</param>
/// <param name="Erased">Ids of turns that were not stored because they are erased.</param>
public sealed record SessionProgress(long IndexedTo, long ScheduledTo, IReadOnlyList<string> Erased);
