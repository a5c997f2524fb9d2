using Dapr.Actors.Client;
using MemoryDapr.Models;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Embeddings;

/// <summary>Gives stored items their embeddings. What lacks one is found by words alone until it has one.</summary>
internal sealed class ItemEmbedder(IEmbedder embedder, IActorProxyFactory actors)
{
    /// <summary>The most items of one call: their vectors are well under what a sidecar lets through.</summary>
    public const int MaxItems = 100;

    /// <summary>Whether there is an embedding model.</summary>
    public bool IsEnabled => embedder.IsEnabled;

    /// <summary>Embeds items of one scope and stores the embeddings.</summary>
    /// <exception cref="ModelUnavailableException">No answer now: what is not stored yet lacks its embedding.</exception>
    public async Task EmbedAsync(Scope scope, IReadOnlyList<(string Id, string Text, long Version)> items, CancellationToken cancellationToken)
    {
        IScopeActor writer = actors.Writer(scope);
        foreach ((string Id, string Text, long Version)[] chunk in items.Chunk(MaxItems))
        {
            IReadOnlyList<IReadOnlyList<float>> vectors = await embedder.EmbedAsync([.. chunk.Select(item => item.Text)], cancellationToken);
            EmbeddedItem[] embedded = [.. chunk.Zip(vectors, (item, vector) => new EmbeddedItem(new ItemVector(item.Id, vector), item.Version))];
            await writer.StoreVectorsAsync(new VectorBatch(scope, embedded), cancellationToken);
        }
    }
}
