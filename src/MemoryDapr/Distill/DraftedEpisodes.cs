namespace MemoryDapr.Distill;

/// <summary>What the first step counted.</summary>
/// <param name="Turns">The turns of the range that still stand.</param>
/// <param name="Read">How many of them said something of their own.</param>
/// <param name="Episodes">The episodes drafted.</param>
/// <param name="IsFallback">Whether the rules made them in place of the model.</param>
internal sealed record DraftedEpisodes(int Turns, int Read, int Episodes, bool IsFallback);
