using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>A winner.</summary>
/// <param name="Item">The item.</param>
/// <param name="Score">Its score; higher is better, comparable within one answer only.</param>
/// <param name="Parts">What the score is the sum of, where the plan asked for it.</param>
public sealed record ScoredItem(MemoryItem Item, double Score, IReadOnlyList<ScorePart> Parts);
