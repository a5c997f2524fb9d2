namespace MemoryDapr.Promote;

/// <summary>The episodes that the first step found.</summary>
/// <param name="Ids">Their ids, at most a step's worth.</param>
internal sealed record RipeEpisodes(IReadOnlyList<string> Ids);
