using System.Text.Json;

namespace Dapr.Client;

/// <summary>An app's client of its sidecar.</summary>
public abstract partial class DaprClient : IDisposable
{
    /// <summary>How event data is written as JSON. Default: the Web defaults.</summary>
    public abstract JsonSerializerOptions JsonSerializerOptions { get; }

    /// <summary>Whether the sidecar is healthy and the app behind it is up.</summary>
    public abstract Task<bool> CheckHealthAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the sidecar can be called; the app behind it need not be up.</summary>
    public abstract Task<bool> CheckOutboundHealthAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// A client that reaches apps and HTTP endpoints through the sidecar: the host of a request's URI is the app id or the endpoint's name.
    /// </summary>
    /// <param name="appId">The target of relative URIs; it must be a valid host name. Null: each request names its own.</param>
    public abstract HttpClient CreateInvokableHttpClient(string? appId = null);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the client holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
