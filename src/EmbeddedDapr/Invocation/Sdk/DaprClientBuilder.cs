using System.Text.Json;
using EmbeddedDapr;
using EmbeddedDapr.Invocation;

namespace Dapr.Client;

/// <summary>Builds the client of an app's sidecar.</summary>
public sealed class DaprClientBuilder
{
    private readonly EmbeddedSidecar _sidecar;
    private JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    internal DaprClientBuilder(EmbeddedSidecar sidecar)
    {
        _sidecar = sidecar;
    }

    /// <summary>How event data is written as JSON. Default: the Web defaults.</summary>
    public DaprClientBuilder UseJsonSerializationOptions(JsonSerializerOptions options)
    {
        _json = options;
        return this;
    }

    /// <summary>The client.</summary>
    public DaprClient Build() => new EmbeddedDaprClient(_sidecar, _json);
}
