using Dapr.Actors.Runtime;
using EmbeddedDapr.Actors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps what a runtime asks of an app that hosts actors.</summary>
public static class ActorsEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>GET /dapr/config</c> and, open to all, <c>/healthz</c>. Calls of actors need no route here: they stay in this process.
    /// </summary>
    /// <returns>Conventions for <c>/dapr/config</c>, such as the authorization it requires.</returns>
    public static IEndpointConventionBuilder MapActorsHandlers(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ActorRuntimeOptions options = endpoints.ServiceProvider.GetRequiredService<IOptions<ActorRuntimeOptions>>().Value;
        // Last in order: an app's own /healthz wins.
        endpoints.MapHealthChecks("/healthz").AllowAnonymous().Add(builder => ((RouteEndpointBuilder)builder).Order = 100);
        return endpoints.MapGet("dapr/config", () => Results.Json(ActorConfiguration.Of(options)));
    }
}
