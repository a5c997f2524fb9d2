namespace MemoryDapr.Api.Health;

/// <summary>How something that the API needs is.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Healthy">Whether it answers.</param>
/// <param name="DurationMs">How long the answer took, in milliseconds.</param>
/// <param name="Engine">What answers, and its version.</param>
/// <param name="Details">What it says of itself.</param>
/// <param name="Error">The type of the failure.</param>
internal sealed record Dependency(
    string Name, bool Healthy, double DurationMs, string? Engine, IReadOnlyDictionary<string, double>? Details, string? Error);
