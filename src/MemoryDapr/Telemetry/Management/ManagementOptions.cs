namespace MemoryDapr.Telemetry.Management;

/// <summary>The listener for probes and scrapers. Section <c>Management</c>.</summary>
internal sealed class ManagementOptions
{
    /// <summary>
    /// Where it listens, e.g. <c>http://127.0.0.1:5111</c>: <c>/healthz</c>, <c>/readyz</c>, <c>/health</c> and <c>/metrics</c>, without a
    /// key: whoever reaches it reads them. Default: none; then all of it is on the service listener.
    /// </summary>
    public string? Url { get; init; }
}
