using EmbeddedDapr.Invocation;

namespace Microsoft.AspNetCore.Authorization;

/// <summary>Admits nobody but the app's sidecar.</summary>
public static class DaprAuthorizationOptionsExtensions
{
    /// <summary>Adds a policy under <paramref name="name"/> that the scheme <c>Dapr</c> alone satisfies.</summary>
    public static void AddDapr(this AuthorizationOptions options, string name = "Dapr") =>
        options.AddPolicy(name, policy => policy
            .AddAuthenticationSchemes(AppTokenAuthenticationHandler.SchemeName)
            .RequireAuthenticatedUser());
}
