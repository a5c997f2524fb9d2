using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>
/// Makes a derived item anew from the turns that are left of its sources, without a model: it runs inside the one writer's turn, and
/// its result must not hold a word of what was erased.
/// </summary>
internal interface IDerivedRebuilder
{
    /// <summary>
    /// The item as the remaining turns alone support it, one version on; null if they support nothing. The turns are in order and
    /// at least one.
    /// </summary>
    MemoryItem? Rebuild(MemoryItem item, IReadOnlyList<MemoryItem> remainingTurns, DateTimeOffset now);
}
