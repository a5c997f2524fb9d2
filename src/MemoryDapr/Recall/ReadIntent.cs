namespace MemoryDapr.Recall;

/// <summary>A reading of a question.</summary>
/// <param name="Intent">What it asks for.</param>
/// <param name="IsDegraded">Whether the rules had to stand in for the model.</param>
internal readonly record struct ReadIntent(RecallIntent Intent, bool IsDegraded);
