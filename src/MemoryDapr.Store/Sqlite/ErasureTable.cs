using EmbeddedDapr.Storage;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Microsoft.Data.Sqlite;

namespace MemoryDapr.Store.Sqlite;

/// <summary>Erasures and tombstones: what must never come back.</summary>
internal static class ErasureTable
{
    public static void Put(SqliteSession session, ErasureRecord record) =>
        session.Execute(
            "INSERT OR REPLACE INTO erasures (tenant, key, requested, is_open, data) VALUES ($0, $1, $2, $3, $4)",
            record.Scope.Tenant, record.Key, record.RequestedAt.UtcTicks, record.CompletedAt is null, Rows.ToJson(record));

    public static ErasureRecord? Get(SqliteSession session, string tenant, string key) =>
        session.Query("SELECT data FROM erasures WHERE tenant = $0 AND key = $1", Read, tenant, key).FirstOrDefault();

    public static List<ErasureRecord> ListOpen(SqliteSession session, int limit) =>
        session.Query("SELECT data FROM erasures WHERE is_open = 1 ORDER BY requested LIMIT $0", Read, limit);

    // An id that is erased again keeps its first tombstone's hash: a later one of the client's has none.
    public static void Bury(SqliteSession session, Scope scope, TurnTombstone tombstone) =>
        session.Execute(
            """
            INSERT INTO tombstones (tenant, session, turn, hash, erased) VALUES ($0, $1, $2, $3, $4)
            ON CONFLICT (tenant, session, turn) DO UPDATE SET hash = coalesce($3, hash), erased = max(erased, $4)
            """,
            scope.Tenant, tombstone.SessionId, tombstone.TurnId, tombstone.ContentHash, tombstone.ErasedAt.UtcTicks);

    public static List<KnownTurn> FindTurns(SqliteSession session, TurnLookup lookup)
    {
        var known = new List<KnownTurn>();
        foreach (Turn turn in lookup.Turns)
        {
            if (IsErasedById(session, lookup, turn))
            {
                known.Add(new KnownTurn(turn.Id, null, IsErased: true));
            }
            else if (ItemTable.FindTurn(session, lookup.Tenant, lookup.SessionId, turn.Id) is { } item)
            {
                // Whoever said the same twice and had one of them erased keeps the other.
                known.Add(new KnownTurn(turn.Id, item.ToTurn().ContentHash, IsErased: false));
            }
            else if (IsErasedByContent(session, lookup, turn))
            {
                known.Add(new KnownTurn(turn.Id, null, IsErased: true));
            }
        }

        return known;
    }

    private static bool IsErasedById(SqliteSession session, TurnLookup lookup, Turn turn) =>
        session.Scalar<long>(
            "SELECT count(*) FROM tombstones WHERE tenant = $0 AND session = $1 AND turn = $2", lookup.Tenant, lookup.SessionId, turn.Id) > 0;

    // Only a turn without a client's id, from before the erasure: whoever says the same again later may be heard.
    private static bool IsErasedByContent(SqliteSession session, TurnLookup lookup, Turn turn) =>
        !turn.HasClientId && session.Scalar<long>(
            "SELECT count(*) FROM tombstones WHERE tenant = $0 AND session = $1 AND hash = $2 AND erased > $3",
            lookup.Tenant, lookup.SessionId, turn.ContentHash, turn.At.UtcTicks) > 0;

    private static ErasureRecord Read(SqliteDataReader reader) => Rows.FromJson<ErasureRecord>(reader, 0);
}
