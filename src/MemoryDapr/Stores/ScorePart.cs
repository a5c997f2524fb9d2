namespace MemoryDapr.Stores;

/// <summary>One summand of a score.</summary>
/// <param name="Name">The feature, e.g. <c>text</c>, <c>speaker</c>, <c>question</c>, <c>date</c>, <c>salience</c>.</param>
/// <param name="Value">What it adds; negative takes away.</param>
public sealed record ScorePart(string Name, double Value);
