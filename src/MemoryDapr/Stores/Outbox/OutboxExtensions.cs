using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Stores.Outbox;

/// <summary>Registers the outbox.</summary>
internal static class OutboxExtensions
{
    /// <summary>Adds it to memory-worker, which also registers <see cref="OutboxActor"/>.</summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<OutboxQueue>()
        .AddSingleton<Outbox>()
        .AddHostedService<OutboxPublisher>();
}
