using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Stores.Embeddings;

/// <summary>Registers what gives stored items their embeddings.</summary>
internal static class EmbeddingExtensions
{
    /// <summary>Needs the models and actor proxies.</summary>
    public static IServiceCollection AddEmbeddings(this IServiceCollection services) => services
        .AddSingleton<ItemEmbedder>()
        .AddSingleton<EmbeddingQueue>()
        .AddHostedService<EmbeddingService>();
}
