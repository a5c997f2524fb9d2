namespace MemoryDapr.Upkeep;

/// <summary>How a run ended.</summary>
/// <param name="Job">The job.</param>
/// <param name="Backlog">What it found to do; null if it failed.</param>
/// <param name="Error">Why it failed: a type and a message; null if it succeeded.</param>
public sealed record JobRun(string Job, Backlog? Backlog, string? Error);
