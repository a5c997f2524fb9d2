using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>What indexing did.</summary>
/// <param name="Erased">Turns that were left out because they are erased.</param>
public sealed record IndexedTurns(IReadOnlyList<TurnSource> Erased);
