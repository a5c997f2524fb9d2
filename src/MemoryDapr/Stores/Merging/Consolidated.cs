namespace MemoryDapr.Stores.Merging;

/// <summary>What became of a pipeline's drafts.</summary>
/// <param name="Created">New items.</param>
/// <param name="Merged">Known items that took something over.</param>
/// <param name="Dropped">How many drafts told nothing new, or had lost their sources.</param>
/// <param name="Fallback">How many decisions the rules made in place of the model.</param>
internal sealed record Consolidated(IReadOnlyList<string> Created, IReadOnlyList<string> Merged, int Dropped, int Fallback);
