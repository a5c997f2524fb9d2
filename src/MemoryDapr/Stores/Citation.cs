namespace MemoryDapr.Stores;

/// <summary>An answer used or refuted an item.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="AnswerId">The answer; an item counts once per answer.</param>
/// <param name="Verdict">What the answer made of it.</param>
/// <param name="At">When, UTC.</param>
public sealed record Citation(string ItemId, string AnswerId, CitationVerdict Verdict, DateTimeOffset At);
