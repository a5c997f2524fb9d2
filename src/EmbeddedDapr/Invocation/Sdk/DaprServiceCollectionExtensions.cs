using Dapr.Client;
using EmbeddedDapr;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client of the app's sidecar.</summary>
public static class DaprServiceCollectionExtensions
{
    /// <summary>Registers <see cref="DaprClient"/>, unless one is registered already.</summary>
    public static void AddDaprClient(
        this IServiceCollection services,
        Action<DaprClientBuilder>? configure = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddDaprClient((_, builder) => configure?.Invoke(builder), lifetime);

    /// <summary>Registers <see cref="DaprClient"/>, unless one is registered already.</summary>
    public static void AddDaprClient(
        this IServiceCollection services,
        Action<IServiceProvider, DaprClientBuilder> configure,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        services.TryAdd(new ServiceDescriptor(
            typeof(DaprClient),
            provider =>
            {
                DaprClientBuilder builder = new(provider.GetRequiredService<EmbeddedSidecar>());
                configure(provider, builder);
                return builder.Build();
            },
            lifetime));
    }
}
