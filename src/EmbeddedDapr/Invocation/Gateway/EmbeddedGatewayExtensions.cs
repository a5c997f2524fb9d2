using EmbeddedDapr.Invocation;
using EmbeddedDapr.Invocation.Gateway;
using EmbeddedDapr.Resources;
using Microsoft.AspNetCore.Builder;

namespace EmbeddedDapr;

/// <summary>Stands in for a gateway's sidecar in front of an app.</summary>
public static class EmbeddedGatewayExtensions
{
    /// <summary>
    /// Puts the rate limit that the resources declare for the gateway in front of what comes through the app's listener; requests of
    /// this process pass freely. Without such a component there is no limit. Call it before all other middleware.
    /// </summary>
    /// <param name="app">The app whose listener is the front door.</param>
    /// <param name="runtime">The runtime that read the resources.</param>
    /// <param name="gatewayAppId">The app id under which the component is scoped.</param>
    public static IApplicationBuilder UseEmbeddedGateway(this IApplicationBuilder app, EmbeddedRuntime runtime, string gatewayAppId = "memory-gateway")
    {
        Component? component = runtime.Resources.FindComponent("middleware.http.ratelimit", gatewayAppId);
        RateLimit? limit = component is null ? null : new RateLimit(component.PositiveNumber("maxRequestsPerSecond", RateLimit.DefaultPerSecond));
        return app.Use((context, next) =>
        {
            if (context.Features.Get<InProcessRequest>() is not null)
            {
                return next(context);
            }

            // No ingress stands before this listener that could vouch for them.
            context.Request.Headers.Remove("X-Forwarded-For");
            context.Request.Headers.Remove("X-Real-IP");
            return limit is null ? next(context) : limit.InvokeAsync(context, next);
        });
    }
}
