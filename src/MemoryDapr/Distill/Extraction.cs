namespace MemoryDapr.Distill;

/// <summary>What an extractor found.</summary>
/// <param name="Episodes">The episodes.</param>
/// <param name="IsFallback">Whether the rules made them because the model gave no usable answer.</param>
internal sealed record Extraction(IReadOnlyList<ExtractedEpisode> Episodes, bool IsFallback);
