namespace MemoryDapr.Api.Health;

/// <summary>The listener for probes and scrapers, where there is one apart from the service's.</summary>
internal sealed class ManagementListener(ApiOptions options)
{
    private readonly int? _port = options.ManagementUrl is { } url ? new Uri(url).Port : null;

    /// <summary>Whether there is one.</summary>
    public bool Exists => _port is not null;

    /// <summary>
    /// Whether the request came in there. Judged by the port of the connection: the Host header says what the client likes.
    /// </summary>
    public bool Serves(HttpContext context) => context.Connection.LocalPort == _port;
}
