using EmbeddedDapr.Invocation;
using EmbeddedDapr.Invocation.Policies;
using EmbeddedDapr.PubSub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr;

/// <summary>Joins an app to the embedded runtime.</summary>
public static class EmbeddedSidecarExtensions
{
    private const string Listener = "EmbeddedDapr.Listener";

    /// <summary>Gives the app its sidecar under <paramref name="appId"/>. Call it before the app is built.</summary>
    /// <param name="builder">The app. Its server is replaced or wrapped here: choose another server before this call.</param>
    /// <param name="runtime">The runtime that the app joins.</param>
    /// <param name="appId">The name under which the other apps reach it; one app per id.</param>
    /// <param name="keepListener">
    /// True: the app's own server (Kestrel) listens too, with the same pipeline. False: the app is reached from this process alone.
    /// </param>
    public static WebApplicationBuilder UseEmbeddedSidecar(
        this WebApplicationBuilder builder, EmbeddedRuntime runtime, string appId, bool keepListener = false)
    {
        runtime.Apps.Join(appId);
        runtime.Broker.Join(appId);
        builder.Services.AddSingleton(new EmbeddedSidecar(runtime, appId));
        UseInProcessServer(builder.Services, runtime, appId, keepListener);
        builder.Services.AddHostedService(provider => new AppSubscriptions(
            runtime.Broker,
            appId,
            runtime.ChannelTo(appId),
            pubsub => new InboundPolicy(runtime.Policies.PolicyFor(appId, pubsub, PolicyDirection.Inbound)),
            runtime.Time,
            provider.GetRequiredService<ILogger<AppSubscriptions>>()));
        return builder;
    }

    private static void UseInProcessServer(IServiceCollection services, EmbeddedRuntime runtime, string appId, bool keepListener)
    {
        ServiceDescriptor registered = services.Last(service => service.ServiceType == typeof(IServer) && !service.IsKeyedService);
        services.RemoveAll<IServer>();
        if (keepListener)
        {
            services.Add(Keyed(registered));
        }

        services.AddSingleton<IServer>(provider => new InProcessServer(
            runtime.Apps,
            appId,
            provider.GetKeyedService<IServer>(Listener),
            provider.GetRequiredService<ILogger<InProcessServer>>()));
    }

    private static ServiceDescriptor Keyed(ServiceDescriptor registered) => registered switch
    {
        { ImplementationType: { } type } => ServiceDescriptor.KeyedSingleton(typeof(IServer), Listener, type),
        { ImplementationFactory: { } factory } => ServiceDescriptor.KeyedSingleton(typeof(IServer), Listener, (provider, _) => factory(provider)),
        _ => ServiceDescriptor.KeyedSingleton(typeof(IServer), Listener, registered.ImplementationInstance!),
    };
}
