using System.Text.Json;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>Reads items from their first chunks.</summary>
internal sealed class ItemReader(ICollection chunks)
{
    private const int IdsAtOnce = 250;
    private const int PageSize = 1_000;

    private static readonly string[] Item = [ChunkProperty.Data, ChunkProperty.Created, ChunkProperty.Order, ChunkProperty.Ordinal, ChunkProperty.Seat];

    private static readonly Condition First = Condition.Is(ChunkProperty.Part, 0.0);

    private readonly OrderedList _byCreation = new(chunks, ChunkProperty.Created, ChunkProperty.Order);
    private readonly OrderedList _byOrdinal = new(chunks, ChunkProperty.Ordinal, ChunkProperty.Seat);

    /// <summary>Items of a scope by id, in the order asked for; unknown ids are left out.</summary>
    public async Task<IReadOnlyList<MemoryItem>> ReadAsync(string tenant, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, MemoryItem>(StringComparer.Ordinal);
        string[] distinct = [.. ids.Distinct(StringComparer.Ordinal)];
        foreach (string[] some in distinct.Chunk(IdsAtOnce))
        {
            Guid[] objects = [.. some.Select(id => ChunkObject.IdOf(id, 0))];
            foreach (MemoryItem item in Items(await chunks.FindAsync(Ask(tenant, Condition.Ids(objects), some.Length), cancellationToken)))
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

        List<MemoryItem> found = Items(await _byCreation.FindAsync(
            Ask(query.Scope.Key, Condition.All(conditions), query.Limit + 1), SortText.PlaceOf(SortText.FromCursor(query.Cursor)), cancellationToken));
        string? next = found.Count > query.Limit ? SortText.ToCursor(ChunkObject.OrderOf(found[query.Limit - 1])) : null;
        return new Page<MemoryItem>([.. found.Take(query.Limit)], next);
    }

    public async Task<IReadOnlyList<MemoryItem>> ListTurnsAsync(
        string tenant, string sessionId, long fromOrdinal, int limit, CancellationToken cancellationToken)
    {
        Condition where = Condition.All(
            First,
            Condition.Is(ChunkProperty.Session, sessionId),
            Condition.Is(ChunkProperty.Kind, ChunkObject.NameOf(MemoryKind.Turn)),
            Condition.That(ChunkProperty.Ordinal, Comparison.GreaterOrEqual, (double)fromOrdinal));
        return Items(await _byOrdinal.FindAsync(Ask(tenant, where, limit), null, cancellationToken));
    }

    public async Task<IReadOnlyList<MemoryItem>> FindCitingAsync(string tenant, IReadOnlyList<TurnSource> sources, CancellationToken cancellationToken)
    {
        var citing = new List<MemoryItem>();
        if (sources.Count == 0)
        {
            return citing;
        }

        Condition rests = Condition.OneOf(ChunkProperty.Sources, [.. sources.Select(FilterWords.Of).Distinct(StringComparer.Ordinal)]);
        (double, string)? after = null;
        List<MemoryItem> page;
        do
        {
            page = Items(await _byCreation.FindAsync(Ask(tenant, rests, PageSize), after, cancellationToken));
            citing.AddRange(page);
            after = page.Count == 0 ? null : SortText.PlaceOf(ChunkObject.OrderOf(page[^1]));
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

    private static ObjectQuery Ask(string tenant, Condition where, int limit) => new() { Tenant = tenant, Where = where, Properties = Item, Limit = limit };

    private static List<MemoryItem> Items(IEnumerable<StoredObject> found) =>
        [.. found
            .Select(chunk => chunk.Text(ChunkProperty.Data))
            .OfType<string>()
            .Select(data => JsonSerializer.Deserialize<MemoryItem>(data, MemoryJson.Options))
            .OfType<MemoryItem>()];
}
