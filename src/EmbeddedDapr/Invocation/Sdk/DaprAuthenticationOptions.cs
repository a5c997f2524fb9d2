#nullable disable // As in the official package, which is not annotated here.
using Microsoft.AspNetCore.Authentication;

namespace Dapr.AspNetCore;

/// <summary>What a caller must show to be taken for the app's sidecar.</summary>
public class DaprAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>The app token. Default: the runtime's, else <c>APP_API_TOKEN</c> of the configuration. Without one every request is refused.</summary>
    public string Token { get; set; }
}
