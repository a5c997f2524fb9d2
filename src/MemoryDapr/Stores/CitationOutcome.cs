namespace MemoryDapr.Stores;

/// <summary>What citations came to.</summary>
/// <param name="Counted">How many counted.</param>
/// <param name="Repeated">How many had been counted before.</param>
/// <param name="Unknown">How many name no item of the scope.</param>
/// <param name="Ripe">The episodes at or above the salience threshold that are not promoted yet.</param>
public sealed record CitationOutcome(int Counted, int Repeated, int Unknown, IReadOnlyList<string> Ripe);
