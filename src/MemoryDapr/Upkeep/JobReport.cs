namespace MemoryDapr.Upkeep;

/// <summary>How a periodic job is.</summary>
/// <param name="Name">The job: <c>promotion</c>, <c>sessions</c>, <c>reconciliation</c>, <c>retention</c>.</param>
/// <param name="Healthy">Whether its heartbeat is younger than two periods and five minutes, and its last run succeeded.</param>
/// <param name="LastRunAt">When it last ended, UTC; null before its first run.</param>
/// <param name="NextRunAt">When it is due, UTC.</param>
/// <param name="HeartbeatAgeMs">How long ago it last gave a sign of life, in milliseconds.</param>
/// <param name="Backlog">How much there is to do, of all tenants; null where a tenant asks.</param>
/// <param name="OldestPendingMs">How long the oldest of it has been waiting, in milliseconds; 0 if there is none, null where a tenant asks.</param>
/// <param name="Failures">How many runs have failed since the last that succeeded.</param>
/// <param name="Error">Why the last run failed: a type and, but where a tenant asks, a message; never memory text.</param>
public sealed record JobReport(
    string Name,
    bool Healthy,
    DateTimeOffset? LastRunAt,
    DateTimeOffset NextRunAt,
    long HeartbeatAgeMs,
    long? Backlog,
    long? OldestPendingMs,
    int Failures,
    string? Error)
{
    /// <summary>What one of several tenants may see of it.</summary>
    public JobReport ForTenant() => this with { Backlog = null, OldestPendingMs = null, Error = Error?.Split(':')[0] };
}
