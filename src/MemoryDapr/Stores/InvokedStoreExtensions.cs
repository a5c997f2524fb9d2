using Dapr.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemoryDapr.Stores;

/// <summary>Registers the store for apps that reach it by service invocation.</summary>
internal static class InvokedStoreExtensions
{
    /// <summary>
    /// The store behind memory-store, unless the container has one already, as in one process. One client for the life of the process;
    /// its timeouts are the sidecar's policies, so its own never ends first.
    /// </summary>
    public static IServiceCollection AddInvokedMemoryStore(this IServiceCollection services)
    {
        services.TryAddSingleton<IMemoryStore>(provider =>
        {
            HttpClient client = provider.GetRequiredService<DaprClient>().CreateInvokableHttpClient(StoreRoutes.AppId);
            client.Timeout = Timeout.InfiniteTimeSpan;
            return new InvokedMemoryStore(client);
        });
        return services;
    }
}
