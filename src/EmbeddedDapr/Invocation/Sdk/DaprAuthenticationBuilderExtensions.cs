using Dapr.AspNetCore;
using EmbeddedDapr.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Authentication;

/// <summary>Recognises the app's sidecar by its token.</summary>
public static class DaprAuthenticationBuilderExtensions
{
    /// <summary>Adds the scheme <c>Dapr</c> with the token that the runtime was given.</summary>
    public static AuthenticationBuilder AddDapr(this AuthenticationBuilder builder) => builder.AddDapr(_ => { });

    /// <summary>Adds the scheme <c>Dapr</c>.</summary>
    public static AuthenticationBuilder AddDapr(this AuthenticationBuilder builder, Action<DaprAuthenticationOptions> configureOptions)
    {
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<DaprAuthenticationOptions>, DefaultAppToken>());
        return builder.AddScheme<DaprAuthenticationOptions, AppTokenAuthenticationHandler>(
            AppTokenAuthenticationHandler.SchemeName, configureOptions);
    }
}
