using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedDapr;

/// <summary>Joins an app to the embedded runtime.</summary>
public static class EmbeddedSidecarExtensions
{
    /// <summary>Gives the app its sidecar under <paramref name="appId"/>. Call it before the app is built.</summary>
    public static WebApplicationBuilder UseEmbeddedSidecar(this WebApplicationBuilder builder, EmbeddedRuntime runtime, string appId)
    {
        builder.Services.AddSingleton(new EmbeddedSidecar(runtime, appId));
        return builder;
    }
}
