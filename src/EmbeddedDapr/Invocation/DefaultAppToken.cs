using Dapr.AspNetCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EmbeddedDapr.Invocation;

/// <summary>Gives the authentication the runtime's token, or <c>APP_API_TOKEN</c>, where the app set none.</summary>
internal sealed class DefaultAppToken(EmbeddedSidecar sidecar, IConfiguration configuration) : IPostConfigureOptions<DaprAuthenticationOptions>
{
    public void PostConfigure(string? name, DaprAuthenticationOptions options)
    {
        if (string.IsNullOrEmpty(options.Token))
        {
            options.Token = sidecar.Runtime.Options.AppApiToken ?? configuration["APP_API_TOKEN"];
        }
    }
}
