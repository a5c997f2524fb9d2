namespace MemoryDapr.Stores.Analysis;

/// <summary>A word of a text.</summary>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Class">How it becomes terms.</param>
internal readonly record struct Word(int Start, int Length, WordClass Class);
