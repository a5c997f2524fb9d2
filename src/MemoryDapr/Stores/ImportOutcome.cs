namespace MemoryDapr.Stores;

/// <summary>What an import came to.</summary>
/// <param name="Stored">Items stored.</param>
/// <param name="Known">Items that were there already.</param>
/// <param name="Erased">Items left out because they are erased.</param>
public sealed record ImportOutcome(int Stored, int Known, int Erased);
