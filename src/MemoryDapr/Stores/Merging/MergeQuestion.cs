using MemoryDapr.Types;

namespace MemoryDapr.Stores.Merging;

/// <summary>Something new and the known items that are nearest to it.</summary>
/// <param name="Draft">What is new.</param>
/// <param name="Candidates">What is known, the nearest first; may be empty.</param>
internal sealed record MergeQuestion(MemoryItem Draft, IReadOnlyList<MemoryItem> Candidates);
