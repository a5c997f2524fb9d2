using System.Net;

namespace MemoryDapr.Api.Health;

/// <summary>
/// Proves that the gateway's target policy bites. A sidecar passes over a policy that did not load without a word, and its door is then
/// open to every app and API: so nothing but the policy's own refusal will do.
/// </summary>
internal sealed class GatewayCheck(ApiOptions options) : IDisposable
{
    private const string Refusal = "Not Found";
    private const int LongestAnswer = 64 * 1024;

    private readonly HttpClient _http = new() { MaxResponseContentBufferSize = LongestAnswer };
    private readonly Uri? _gateway = options.GatewayUrl is { } url ? new Uri(url) : null;

    /// <summary>Whether there is a gateway to ask.</summary>
    public bool IsConfigured => _gateway is not null;

    /// <summary>Throws if the gateway lets a request through that its policy refuses, or does not answer.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var metadata = new HttpRequestMessage(HttpMethod.Get, new Uri(_gateway!, "/v1.0/metadata"));
        await EnsureRefusedAsync(metadata, cancellationToken);
        using var worker = new HttpRequestMessage(HttpMethod.Get, new Uri(_gateway!, "/x"));
        worker.Headers.Add("dapr-app-id", "memory-worker");
        await EnsureRefusedAsync(worker, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task EnsureRefusedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
        string body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound || body.TrimEnd() != Refusal)
        {
            throw new HttpRequestException(
                $"The gateway's policy does not refuse {request.RequestUri!.AbsolutePath}: {(int)response.StatusCode}.", null, response.StatusCode);
        }
    }
}
