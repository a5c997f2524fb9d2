namespace MemoryDapr.Promote;

/// <summary>What a promotion stored.</summary>
/// <param name="Created">New facts.</param>
/// <param name="Merged">Known facts that were stated again.</param>
/// <param name="Dropped">How many told nothing new.</param>
/// <param name="Fallback">How many decisions the rules made in place of the model.</param>
internal sealed record PromotedFacts(IReadOnlyList<string> Created, IReadOnlyList<string> Merged, int Dropped, int Fallback);
