using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Records;

/// <summary>Reads records.</summary>
internal sealed class RecordStore(ICollection records)
{
    private const int IdsAtOnce = 250;

    private static readonly string[] Properties =
        [RecordProperty.Type, RecordProperty.Owner, RecordProperty.State, RecordProperty.Created, RecordProperty.Order, RecordProperty.Data];

    /// <summary>Records by id; unknown ones are absent.</summary>
    public async Task<IReadOnlyDictionary<Guid, StoredObject>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, StoredObject>();
        foreach (Guid[] some in ids.Distinct().Chunk(IdsAtOnce))
        {
            foreach (StoredObject stored in await FindAsync(Condition.Ids(some), some.Length, cancellationToken))
            {
                found[stored.Id] = stored;
            }
        }

        return found;
    }

    /// <summary>A record; null if there is none.</summary>
    public async Task<StoredObject?> ReadAsync(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(Condition.Ids([id]), 1, cancellationToken) is [var record, ..] ? record : null;

    /// <summary>Records that meet a condition, in any order.</summary>
    public Task<IReadOnlyList<StoredObject>> FindAsync(Condition where, int limit, CancellationToken cancellationToken) =>
        records.FindAsync(new ObjectQuery { Where = where, Properties = Properties, Limit = limit }, cancellationToken);

    /// <summary>A page of records of a type, the latest first or the earliest.</summary>
    public async Task<Page<T>> ListAsync<T>(
        string type, IEnumerable<Condition> conditions, string? cursor, int limit, bool latestFirst, CancellationToken cancellationToken)
    {
        var all = new List<Condition> { Condition.Is(RecordProperty.Type, type) };
        all.AddRange(conditions);
        string? from = SortText.FromCursor(cursor);
        IReadOnlyList<StoredObject> found = await new OrderedList(records, RecordProperty.Created, RecordProperty.Order, latestFirst).FindAsync(
            new ObjectQuery { Where = Condition.All(all), Properties = Properties, Limit = limit + 1 },
            from is not null && type == RecordType.Scope ? (0, from) : SortText.PlaceOf(from),
            cancellationToken);
        string? next = found.Count > limit ? SortText.ToCursor(found[limit - 1].Text(RecordProperty.Order) ?? "") : null;
        return new Page<T>([.. found.Take(limit).Select(RecordObject.Read<T>)], next);
    }

    public Task<Page<SessionRecord>> ListSessionsAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        var conditions = new List<Condition>
        {
            query.OnlyBehind
                ? Condition.Is(RecordProperty.State, RecordObject.Behind)
                : Condition.OneOf(RecordProperty.State, [RecordObject.Behind, RecordObject.Level]),
        };
        AddIf(conditions, RecordProperty.Tenant, query.Tenant);
        AddIf(conditions, RecordProperty.Name, query.User);
        return ListAsync<SessionRecord>(RecordType.Session, conditions, query.Cursor, query.Limit, latestFirst: true, cancellationToken);
    }

    public Task<Page<PipelineRecord>> ListPipelinesAsync(PipelineQuery query, CancellationToken cancellationToken)
    {
        var conditions = new List<Condition>();
        AddIf(conditions, RecordProperty.Tenant, query.Tenant);
        AddIf(conditions, RecordProperty.Name, query.SessionId);
        if (query.Statuses.Count > 0)
        {
            conditions.Add(Condition.OneOf(RecordProperty.State, [.. query.Statuses.Distinct().Select(RecordObject.NameOf)]));
        }

        if (query.UpdatedBefore is { } before)
        {
            conditions.Add(Condition.That(RecordProperty.Updated, Comparison.Less, SortText.Of(before)));
        }

        return ListAsync<PipelineRecord>(RecordType.Pipeline, conditions, query.Cursor, query.Limit, latestFirst: true, cancellationToken);
    }

    public async Task<IReadOnlyList<ErasureRecord>> ListOpenErasuresAsync(int limit, CancellationToken cancellationToken) =>
        (await ListAsync<ErasureRecord>(
            RecordType.Erasure, [Condition.Is(RecordProperty.State, RecordObject.Open)], null, limit, latestFirst: false, cancellationToken)).Items;

    public async Task<Page<Scope>> ListScopesAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        Page<ScopeProfile> page = await ListAsync<ScopeProfile>(RecordType.Scope, [], cursor, limit, latestFirst: false, cancellationToken);
        return new Page<Scope>([.. page.Items.Select(profile => profile.Scope)], page.NextCursor);
    }

    private static void AddIf(List<Condition> conditions, string property, string? value)
    {
        if (value is not null)
        {
            conditions.Add(Condition.Is(property, value));
        }
    }
}
