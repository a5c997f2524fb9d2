namespace MemoryDapr.Stores;

/// <summary>A citation that was counted.</summary>
/// <param name="AnswerId">The answer that cited.</param>
/// <param name="ItemId">The item it cited.</param>
/// <param name="At">When, UTC.</param>
public sealed record CountedCitation(string AnswerId, string ItemId, DateTimeOffset At);
