using MemoryDapr.Stores;
using MemoryDapr.Stores.Embeddings;
using MemoryDapr.Types;

namespace MemoryDapr.Upkeep;

/// <summary>Embeds what was stored without an embedding: the model was away, is new, or the process ended in between.</summary>
internal sealed class EmbeddingJob(IMemoryStore store, ItemEmbedder embedder, UpkeepOptions options) : IUpkeepJob
{
    public string Name => "embedding";

    public TimeSpan Period => options.EmbeddingPeriod;

    public async Task<Backlog> RunAsync(Func<Task> beat, CancellationToken cancellationToken)
    {
        Backlog backlog = Backlog.None;
        if (!embedder.IsEnabled)
        {
            return backlog;
        }

        string? cursor = null;
        do
        {
            Page<Scope> scopes = await store.ListScopesAsync(cursor, ItemEmbedder.MaxItems, cancellationToken);
            foreach (Scope scope in scopes.Items)
            {
                backlog = await EmbedAsync(scope, backlog, beat, cancellationToken);
            }

            cursor = scopes.NextCursor;
            await beat();
        }
        while (cursor is not null);

        return backlog;
    }

    private async Task<Backlog> EmbedAsync(Scope scope, Backlog backlog, Func<Task> beat, CancellationToken cancellationToken)
    {
        var query = new ItemQuery { Scope = scope, OnlyWithoutVector = true, Limit = ItemEmbedder.MaxItems };
        Page<MemoryItem> items;
        do
        {
            items = await store.ListItemsAsync(query, cancellationToken);
            backlog = items.Items.Aggregate(backlog, (sum, item) => sum.With(item.CreatedAt));
            await embedder.EmbedAsync(scope, [.. items.Items.Select(item => (item.Id, item.Text, item.Version))], cancellationToken);
            await beat();
            query = query with { Cursor = items.NextCursor };
        }
        while (items.NextCursor is not null);

        return backlog;
    }
}
