using System.Threading.Channels;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Embeddings;

/// <summary>Items that were stored a moment ago and are to be embedded. What finds no place is left to upkeep.</summary>
internal sealed class EmbeddingQueue(ItemEmbedder embedder)
{
    /// <summary>The most batches that wait, some hundred turns each.</summary>
    private const int Capacity = 256;

    private readonly Channel<EmbeddingWork> _waiting = Channel.CreateBounded<EmbeddingWork>(Capacity);

    /// <summary>Adds items of a scope if there is a model and a place.</summary>
    public void TryAdd(Scope scope, IReadOnlyList<(string Id, string Text, long Version)> items)
    {
        if (embedder.IsEnabled && items.Count > 0)
        {
            _waiting.Writer.TryWrite(new EmbeddingWork(scope, items));
        }
    }

    public IAsyncEnumerable<EmbeddingWork> ReadAsync(CancellationToken cancellationToken) => _waiting.Reader.ReadAllAsync(cancellationToken);
}
