namespace MemoryDapr.Distill;

/// <summary>A fact of an extracted episode.</summary>
/// <param name="Text">One sentence that stands alone.</param>
/// <param name="Turns">The turns that say it, by their place in what was extracted from; at least one.</param>
internal sealed record ExtractedFact(string Text, IReadOnlyList<int> Turns);
