namespace MemoryDapr.Api.Health;

/// <summary>How the service is.</summary>
/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Version">The program's version; for the operator.</param>
/// <param name="Dependencies">What it needs; for the operator.</param>
internal sealed record HealthAnswer(string Status, string? Version = null, IReadOnlyList<Dependency>? Dependencies = null)
{
    public const string Healthy = "healthy";
    public const string Unhealthy = "unhealthy";
}
