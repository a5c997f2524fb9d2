namespace MemoryDapr.Benchmarks.Load.Data;

/// <summary>A user, questions about what is known of it, and texts that give words to make each question one of its own.</summary>
internal sealed record Asked(string User, IReadOnlyList<string> Questions, IReadOnlyList<string> Texts);
