using System.Text.Json;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>Reads items from their first chunks.</summary>
internal sealed class ItemReader(ICollection chunks)
{
    private const int IdsAtOnce = 250;
    private const int PageSize = 1_000;

    private static readonly string[] Item = [ChunkProperty.Data, ChunkProperty.Order];

    private static readonly Condition First = Condition.Is(ChunkProperty.Part, 0.0);

    private static readonly Ordering[] ByCreation = [new(ChunkProperty.Created), new(ChunkProperty.Order)];

    /// <summary>Items of a scope by id, in the order asked for; unknown ids are left out.</summary>
    public async Task<IReadOnlyList<MemoryItem>> ReadAsync(string tenant, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, MemoryItem>(StringComparer.Ordinal);
        string[] distinct = [.. ids.Distinct(StringComparer.Ordinal)];
        foreach (string[] some in distinct.Chunk(IdsAtOnce))
        {
            Guid[] objects = [.. some.Select(id => ChunkObject.IdOf(id, 0))];
            foreach (MemoryItem item in await FindAsync(tenant, Condition.Ids(objects), [], some.Length, cancellationToken))
            {
                found[item.Id] = item;
            }
        }

        return [.. distinct.Where(found.ContainsKey).Select(id => found[id])];
    }

    public async Task<Page<MemoryItem>> ListAsync(ItemQuery query, CancellationToken cancellationToken)
    {
        var conditions = new List<Condition> { First };
        if (query.Kinds.Count > 0)
        {
            conditions.Add(Condition.OneOf(ChunkProperty.Kind, [.. query.Kinds.Distinct().Select(ChunkObject.NameOf)]));
        }

        if (query.SessionId is { } session)
        {
            conditions.Add(Condition.Is(ChunkProperty.Session, session));
        }

        if (query.PromotableFrom is { } salience)
        {
            conditions.Add(Condition.That(ChunkProperty.Ripe, Comparison.GreaterOrEqual, salience));
        }

        if (query.OnlyWithoutVector)
        {
            conditions.Add(Condition.Is(ChunkProperty.Embedded, false));
        }

        if (SortText.FromCursor(query.Cursor) is { } from)
        {
            conditions.Add(Condition.That(ChunkProperty.Order, Comparison.Greater, from));
        }

        IReadOnlyList<MemoryItem> found = await FindAsync(query.Scope.Key, Condition.All(conditions), ByCreation, query.Limit + 1, cancellationToken);
        string? next = found.Count > query.Limit ? SortText.ToCursor(ChunkObject.OrderOf(found[query.Limit - 1])) : null;
        return new Page<MemoryItem>([.. found.Take(query.Limit)], next);
    }

    public Task<IReadOnlyList<MemoryItem>> ListTurnsAsync(string tenant, string sessionId, long fromOrdinal, int limit, CancellationToken cancellationToken) =>
        FindAsync(
            tenant,
            Condition.All(
                First,
                Condition.Is(ChunkProperty.Session, sessionId),
                Condition.Is(ChunkProperty.Kind, ChunkObject.NameOf(MemoryKind.Turn)),
                Condition.That(ChunkProperty.Ordinal, Comparison.GreaterOrEqual, (double)fromOrdinal)),
            [new Ordering(ChunkProperty.Ordinal), new Ordering(ChunkProperty.Seat)],
            limit,
            cancellationToken);

    public async Task<IReadOnlyList<MemoryItem>> FindCitingAsync(string tenant, IReadOnlyList<TurnSource> sources, CancellationToken cancellationToken)
    {
        var citing = new List<MemoryItem>();
        if (sources.Count == 0)
        {
            return citing;
        }

        Condition rests = Condition.OneOf(ChunkProperty.Sources, [.. sources.Select(FilterWords.Of).Distinct(StringComparer.Ordinal)]);
        Condition where = rests;
        IReadOnlyList<MemoryItem> page;
        do
        {
            page = await FindAsync(tenant, where, ByCreation, PageSize, cancellationToken);
            citing.AddRange(page);
            where = page.Count == 0 ? rests : Condition.All(rests, Condition.That(ChunkProperty.Order, Comparison.Greater, ChunkObject.OrderOf(page[^1])));
        }
        while (page.Count == PageSize);

        return citing;
    }

    /// <summary>An item's history, if the item is one of that owner's.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(string tenant, string itemId, Func<Scope, bool> isOwner, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredObject> found = await chunks.FindAsync(
            new ObjectQuery
            {
                Tenant = tenant,
                Where = Condition.Ids([ChunkObject.IdOf(itemId, 0)]),
                Properties = [ChunkProperty.Data, ChunkProperty.History],
                Limit = 1,
            },
            cancellationToken);
        return found is [var chunk] && new ItemState(itemId, [chunk]) is { Item: { } item } state && isOwner(item.Scope) ? state.History : [];
    }

    private async Task<IReadOnlyList<MemoryItem>> FindAsync(
        string tenant, Condition where, IReadOnlyList<Ordering> order, int limit, CancellationToken cancellationToken) =>
        [.. (await chunks.FindAsync(
            new ObjectQuery { Tenant = tenant, Where = where, Properties = Item, Order = order, Limit = limit }, cancellationToken))
            .Select(chunk => chunk.Text(ChunkProperty.Data))
            .OfType<string>()
            .Select(data => JsonSerializer.Deserialize<MemoryItem>(data, MemoryJson.Options))
            .OfType<MemoryItem>()];
}
