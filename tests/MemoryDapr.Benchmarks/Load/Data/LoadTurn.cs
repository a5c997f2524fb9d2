namespace MemoryDapr.Benchmarks.Load.Data;

/// <summary>A turn to append.</summary>
internal sealed record LoadTurn(string Id, string Role, string Speaker, string Content, DateTimeOffset At);
