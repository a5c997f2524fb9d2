namespace MemoryDapr.Models;

/// <summary>An answer that could not be used.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Fault">What is wrong with it, for the model to read.</param>
internal sealed record RejectedAnswer(string Text, string Fault);
