namespace MemoryDapr.Distill;

/// <summary>An episode as an extractor sees it.</summary>
/// <param name="Title">What it is about, in a few words.</param>
/// <param name="Summary">What happened and what was said, in the third person.</param>
/// <param name="Facts">What it says is so.</param>
/// <param name="Turns">The turns it rests on, by their place in what was extracted from, in order; at least one.</param>
internal sealed record ExtractedEpisode(string Title, string Summary, IReadOnlyList<ExtractedFact> Facts, IReadOnlyList<int> Turns);
