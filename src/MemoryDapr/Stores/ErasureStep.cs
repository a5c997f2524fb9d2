namespace MemoryDapr.Stores;

/// <summary>
/// One bounded step of an erasure. The record is written with it, so that whoever finds it open can go on; the last step completes it.
/// </summary>
/// <param name="Erasure">The erasure so far.</param>
/// <param name="Turns">Turns to erase, also those that were never indexed; at most 1,000.</param>
/// <param name="ItemIds">Other items to erase; at most 1,000.</param>
/// <param name="RemovedSessions">Sessions whose record goes with this step.</param>
/// <param name="Completes">Whether nothing is left after this step.</param>
/// <param name="At">When, UTC.</param>
public sealed record ErasureStep(
    ErasureRecord Erasure,
    IReadOnlyList<ErasedTurn> Turns,
    IReadOnlyList<string> ItemIds,
    IReadOnlyList<string> RemovedSessions,
    bool Completes,
    DateTimeOffset At);
