using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Stores.Embeddings;

/// <summary>
/// Embeds what was indexed, behind the indexing: a model that is slow or away must not keep a turn from being found by its words. What
/// is lost here, by a failure or a crash, is an item without an embedding in the store, which upkeep looks for.
/// </summary>
internal sealed partial class EmbeddingService(EmbeddingQueue queue, ItemEmbedder embedder, ILogger<EmbeddingService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (EmbeddingWork work in queue.ReadAsync(stoppingToken))
        {
            try
            {
                await embedder.EmbedAsync(work.Scope, work.Items, stoppingToken);
            }
#pragma warning disable CA1031 // Whatever it was, the items still lack their embeddings, and that is what upkeep looks for.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(logger, exception, work.Items.Count, work.Scope.Tenant);
            }
        }
    }
}
