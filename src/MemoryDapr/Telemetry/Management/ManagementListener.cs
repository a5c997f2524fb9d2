using Microsoft.AspNetCore.Http;

namespace MemoryDapr.Telemetry.Management;

/// <summary>The listener for probes and scrapers, where there is one apart from the service's.</summary>
internal sealed class ManagementListener(ManagementOptions options)
{
    private readonly int? _port = options.Url is { } url ? new Uri(url).Port : null;

    /// <summary>
    /// Whether the request came in there. Judged by the port of the connection: the Host header says what the client likes.
    /// </summary>
    public bool Serves(HttpContext context) => context.Connection.LocalPort == _port;
}
