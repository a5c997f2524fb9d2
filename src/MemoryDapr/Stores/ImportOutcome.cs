namespace MemoryDapr.Stores;

/// <summary>What an import came to.</summary>
/// <param name="Stored">Items stored.</param>
/// <param name="Known">Items that were there already.</param>
/// <param name="Erased">Items left out because they, or all they rest on, are erased.</param>
/// <param name="Foreign">Items left out because their session belongs to another user.</param>
public sealed record ImportOutcome(int Stored, int Known, int Erased, int Foreign);
