namespace MemoryDapr.Api;

/// <summary>How memory-api serves its clients. Section <c>Api</c>.</summary>
internal sealed class ApiOptions
{
    /// <summary>
    /// The keys that clients show in <c>X-API-Key</c>, each with its tenant. Default: none, which means one tenant, <c>default</c>, and
    /// no check at all: for a machine of one's own.
    /// </summary>
    public IList<ApiKeyOptions> Keys { get; init; } = [];

    /// <summary>
    /// The operator's key: sees all tenants' jobs and pipelines, health in detail and the metrics, and no memory. Default: none. At
    /// least 16 characters.
    /// </summary>
    public string? OperatorKey { get; init; }

    /// <summary>
    /// Whether memory-api may run beside a sidecar without keys. Default: false. With true whoever reaches it reads everything.
    /// </summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>
    /// Web origins whose pages may call the API, e.g. <c>https://app.example.com</c>. Default: none, CORS is off. A page of such an
    /// origin can use every key that its visitor types in.
    /// </summary>
    public IList<string> CorsOrigins { get; init; } = [];

    /// <summary>
    /// The gateway's address, e.g. <c>http://127.0.0.1:3500</c>. Where it is set, memory-api is ready only while the gateway refuses what
    /// its policy refuses. Default: none, and then nothing proves that the policy is in force.
    /// </summary>
    public string? GatewayUrl { get; init; }

    /// <summary>How much each tenant may ask for.</summary>
    public QuotaOptions Quotas { get; init; } = new();

    /// <summary>Whether clients must show a key.</summary>
    public bool HasKeys => Keys.Count > 0;
}
