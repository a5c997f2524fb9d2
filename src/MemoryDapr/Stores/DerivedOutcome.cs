using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>What became of a derived batch. Nothing is stored while <paramref name="Conflicts"/> is not empty.</summary>
/// <param name="Stored">The ids that are stored now.</param>
/// <param name="Dropped">The ids that were left out because none of their sources is left.</param>
/// <param name="Conflicts">Items that have changed or appeared since the decision and bear on it: decide again, knowing them.</param>
public sealed record DerivedOutcome(
    IReadOnlyList<string> Stored,
    IReadOnlyList<string> Dropped,
    IReadOnlyList<MemoryItem> Conflicts);
