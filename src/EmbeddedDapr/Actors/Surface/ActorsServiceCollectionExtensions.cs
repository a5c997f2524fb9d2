using System.Diagnostics.Metrics;
using Dapr.Actors.Client;
using Dapr.Actors.Runtime;
using EmbeddedDapr;
using EmbeddedDapr.Actors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers actors.</summary>
public static class ActorsServiceCollectionExtensions
{
    /// <summary>Hosts the app's actors and gives it an <see cref="IActorProxyFactory"/>.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Registers the classes and sets options.</param>
    /// <param name="lifetime">The lifetime of the proxy factory.</param>
    public static void AddActors(
        this IServiceCollection? services, Action<ActorRuntimeOptions>? configure, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        services.AddHealthChecks();
        services.AddMetrics();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(ActorEngine)))
        {
            return;
        }

        services.AddSingleton(provider => new ActorEngine(
            provider.GetRequiredService<EmbeddedSidecar>(),
            provider.GetRequiredService<IOptions<ActorRuntimeOptions>>().Value,
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<IMeterFactory>()));
        services.AddHostedService(provider => provider.GetRequiredService<ActorEngine>());
        services.Add(new ServiceDescriptor(typeof(IActorProxyFactory), provider => provider.GetRequiredService<ActorEngine>().Proxies, lifetime));
    }
}
