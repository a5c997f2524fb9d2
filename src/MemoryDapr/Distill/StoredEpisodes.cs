namespace MemoryDapr.Distill;

/// <summary>What the second step stored.</summary>
/// <param name="Created">New episodes.</param>
/// <param name="Merged">Known episodes that took something over.</param>
/// <param name="Dropped">How many drafts told nothing new.</param>
/// <param name="Fallback">How many decisions the rules made in place of the model.</param>
internal sealed record StoredEpisodes(IReadOnlyList<string> Created, IReadOnlyList<string> Merged, int Dropped, int Fallback);
