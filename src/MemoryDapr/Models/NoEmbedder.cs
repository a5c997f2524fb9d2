namespace MemoryDapr.Models;

/// <summary>No embedding model is configured.</summary>
internal sealed class NoEmbedder : IEmbedder
{
    public bool IsEnabled => false;

    public Task<IReadOnlyList<IReadOnlyList<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("No embedding model is configured (Models:EmbeddingModel).");
}
