namespace MemoryDapr.Types;

/// <summary>Something an episode says is so, and would be a fact of its own once the episode is promoted.</summary>
/// <param name="Text">One sentence that stands alone: names instead of pronouns, dates instead of "yesterday".</param>
/// <param name="Sources">The turns that say it, in the session of the episode.</param>
public sealed record EpisodeFact(string Text, IReadOnlyList<TurnSource> Sources);
