using System.Text.Json;
using Dapr.Client;

namespace EmbeddedDapr.Invocation;

/// <summary>The client that an app finds in its container.</summary>
internal sealed partial class EmbeddedDaprClient(EmbeddedSidecar sidecar, JsonSerializerOptions json) : DaprClient
{
    public override JsonSerializerOptions JsonSerializerOptions => json;

    public override async Task<bool> CheckHealthAsync(CancellationToken cancellationToken = default) =>
        await CheckOutboundHealthAsync(cancellationToken) && sidecar.Runtime.Apps.Find(sidecar.AppId) is not null;

    public override Task<bool> CheckOutboundHealthAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(sidecar.Runtime.IsOpen);
    }

    public override HttpClient CreateInvokableHttpClient(string? appId = null)
    {
        Uri? address = null;
        if (appId is not null && !Uri.TryCreate($"http://{appId}", UriKind.Absolute, out address))
        {
            throw new ArgumentException("The app id must be a valid host name.", nameof(appId));
        }

#pragma warning disable CA2000 // The client owns the handler, and the caller the client.
        return new HttpClient(new InvocationHandler(sidecar.Runtime.Invoker, sidecar.AppId, appId)) { BaseAddress = address };
#pragma warning restore CA2000
    }
}
