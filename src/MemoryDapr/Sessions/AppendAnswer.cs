using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>What the session's actor says to an append.</summary>
public sealed record AppendAnswer
{
    /// <summary>What the append came to; null when the session first needs its history.</summary>
    public Outcome<AppendResult>? Outcome { get; init; }

    /// <summary>The epoch for which the history is wanted; null when there is an outcome.</summary>
    public long? HistoryEpoch { get; init; }
}
