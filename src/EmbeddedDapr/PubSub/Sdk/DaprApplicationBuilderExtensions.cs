using Dapr;
using EmbeddedDapr.PubSub;

namespace Microsoft.AspNetCore.Builder;

/// <summary>CloudEvents in the pipeline.</summary>
public static class DaprApplicationBuilderExtensions
{
    /// <summary>Unwraps requests of <c>application/cloudevents+json</c>: what follows sees the event's data and its content type.</summary>
    public static IApplicationBuilder UseCloudEvents(this IApplicationBuilder builder) =>
        UseCloudEvents(builder, new CloudEventsMiddlewareOptions());

    /// <inheritdoc cref="UseCloudEvents(IApplicationBuilder)"/>
    public static IApplicationBuilder UseCloudEvents(this IApplicationBuilder builder, CloudEventsMiddlewareOptions options) =>
        builder.UseMiddleware<CloudEventsMiddleware>(options);
}
