using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>Takes what is erased out of a step of an item's history: a reason that a model gave may repeat what a turn said.</summary>
internal static class ErasedReason
{
    /// <summary>What stands where a reason was.</summary>
    public const string Text = "What it rested on was erased in part.";

    /// <summary>The step without its reason, resting on what its item still rests on.</summary>
    public static HistoryEntry Remove(HistoryEntry step, IEnumerable<MemoryItem> items)
    {
        HashSet<TurnSource> left = [.. items.Where(item => item.Id == step.ItemId).SelectMany(item => item.Sources)];
        return step with { Reason = Text, Sources = [.. step.Sources.Where(left.Contains)] };
    }
}
