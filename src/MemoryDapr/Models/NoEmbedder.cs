namespace MemoryDapr.Models;

/// <summary>No embedding model is configured.</summary>
internal sealed class NoEmbedder : IEmbedder
{
    public bool IsEnabled => false;

    public Task<IReadOnlyList<float>> EmbedQueryAsync(string query, CancellationToken cancellationToken) => throw NotConfigured();

    public Task<IReadOnlyList<IReadOnlyList<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        throw NotConfigured();

    private static InvalidOperationException NotConfigured() => new("No embedding model is configured (Models:EmbeddingModel).");
}
