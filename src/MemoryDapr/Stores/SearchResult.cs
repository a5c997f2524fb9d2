namespace MemoryDapr.Stores;

/// <summary>The winners of a plan.</summary>
/// <param name="Items">Best first.</param>
/// <param name="SubjectMismatch">Whether the best match is said by somebody else than the speaker asked about.</param>
/// <param name="Candidates">How many items had a word in common or were ranked by bonus.</param>
public sealed record SearchResult(IReadOnlyList<ScoredItem> Items, bool SubjectMismatch, int Candidates);
