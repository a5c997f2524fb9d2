using System.Text.Json;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Records;

/// <summary>Records as objects.</summary>
internal static class RecordObject
{
    public const string Open = "open";
    public const string Done = "done";
    public const string Behind = "behind";
    public const string Level = "level";

    /// <summary>A session of which only the owner is known: its turns are stored, its record is not yet.</summary>
    public const string Bound = "bound";

    public static Guid ScopeId(string scopeKey) => ObjectId.Of(RecordType.Scope, scopeKey);

    public static Guid JournalId(string scopeKey) => ObjectId.Of(RecordType.Journal, scopeKey);

    public static Guid SessionId(string tenant, string sessionId) => ObjectId.Of(RecordType.Session, tenant, sessionId);

    public static Guid PipelineId(string id) => ObjectId.Of(RecordType.Pipeline, id);

    public static Guid ErasureId(string tenant, string key) => ObjectId.Of(RecordType.Erasure, tenant, key);

    public static Guid TombstoneId(string tenant, string sessionId, string turnId) => ObjectId.Of(RecordType.Tombstone, tenant, sessionId, turnId);

    public static Guid CitationId(string scopeKey, string answerId, string itemId) => ObjectId.Of(RecordType.Citation, scopeKey, answerId, itemId);

    /// <summary>The name of a session among tombstones.</summary>
    public static string SessionName(string tenant, string sessionId) => StableHash.Hex(32, tenant, sessionId);

    /// <summary>The name of a status in objects.</summary>
    public static string NameOf(PipelineStatus status) => status.ToString().ToLowerInvariant();

    public static StoredObject Of(ScopeProfile profile) => Make(
        ScopeId(profile.Scope.Key), RecordType.Scope, profile.Scope, profile, (RecordProperty.Created, 0.0), (RecordProperty.Order, profile.Scope.Key));

    public static StoredObject Of(JournalEntry entry) => Make(
        JournalId(entry.Batch.Scope.Key), RecordType.Journal, entry.Batch.Scope, entry);

    public static StoredObject Of(SessionRecord record) => Make(
        SessionId(record.Scope.Tenant, record.SessionId),
        RecordType.Session,
        record.Scope,
        record,
        (RecordProperty.Name, record.Scope.User),
        (RecordProperty.State, record.DistilledTo < record.NextOrdinal ? Behind : Level),
        (RecordProperty.Created, SortText.Milliseconds(record.CreatedAt)),
        (RecordProperty.Order, SortText.Of(record.CreatedAt, $"{record.SessionId}.{record.Scope.Tenant}")));

    /// <summary>That a session is a scope's, before its record is there.</summary>
    public static StoredObject OfOwner(Scope scope, string sessionId) => Make(
        SessionId(scope.Tenant, sessionId),
        RecordType.Session,
        scope,
        new SessionRecord { SessionId = sessionId, Scope = scope, CreatedAt = default, LastActiveAt = default },
        (RecordProperty.State, Bound));

    public static StoredObject Of(PipelineRecord record) => Make(
        PipelineId(record.Id),
        RecordType.Pipeline,
        record.Scope,
        record,
        (RecordProperty.Name, record.SessionId),
        (RecordProperty.State, NameOf(record.Status)),
        (RecordProperty.Updated, SortText.Of(record.UpdatedAt)),
        (RecordProperty.Created, SortText.Milliseconds(record.CreatedAt)),
        (RecordProperty.Order, SortText.Of(record.CreatedAt, record.Id)));

    public static StoredObject Of(ErasureRecord record) => Make(
        ErasureId(record.Scope.Tenant, record.Key),
        RecordType.Erasure,
        record.Scope,
        record,
        (RecordProperty.State, record.CompletedAt is null ? Open : Done),
        (RecordProperty.Created, SortText.Milliseconds(record.RequestedAt)),
        (RecordProperty.Order, SortText.Of(record.RequestedAt, record.Key)));

    public static StoredObject Of(Scope scope, TurnTombstone tombstone) => Make(
        TombstoneId(scope.Tenant, tombstone.SessionId, tombstone.TurnId),
        RecordType.Tombstone,
        scope,
        tombstone,
        (RecordProperty.Name, SessionName(scope.Tenant, tombstone.SessionId)),
        (RecordProperty.State, tombstone.ContentHash));

    public static StoredObject Of(Scope scope, CountedCitation citation) => Make(
        CitationId(scope.Key, citation.AnswerId, citation.ItemId),
        RecordType.Citation,
        scope,
        citation,
        (RecordProperty.Updated, SortText.Of(citation.At)));

    /// <summary>Reads a record back.</summary>
    public static T Read<T>(StoredObject stored) =>
        JsonSerializer.Deserialize<T>(stored.Text(RecordProperty.Data) ?? "null", MemoryJson.Options)
            ?? throw new InvalidDataException("A record of the store is null.");

    private static StoredObject Make<T>(Guid id, string type, Scope scope, T record, params ReadOnlySpan<(string Name, object? Value)> others)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [RecordProperty.Type] = type,
            [RecordProperty.Tenant] = scope.Tenant,
            [RecordProperty.Owner] = scope.Key,
            [RecordProperty.Data] = JsonSerializer.Serialize(record, MemoryJson.Options),
        };
        foreach ((string name, object? value) in others)
        {
            if (value is not null)
            {
                properties[name] = value;
            }
        }

        return new StoredObject(id, properties);
    }
}
