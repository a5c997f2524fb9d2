namespace MemoryDapr.Salience;

/// <summary>Citations were accepted.</summary>
/// <param name="Count">How many.</param>
public sealed record AcceptedCitations(int Count);
