using MemoryDapr.Types;

namespace MemoryDapr.Stores.Merging;

/// <summary>A decision about something new.</summary>
/// <param name="Action">What becomes of it.</param>
/// <param name="Target">The known item that it concerns; null for a creation.</param>
/// <param name="Reason">One sentence: why.</param>
internal sealed record MergeDecision(MergeAction Action, MemoryItem? Target, string Reason)
{
    /// <summary>Whether the rules made it because the model gave no usable answer.</summary>
    public bool IsFallback { get; init; }
}
