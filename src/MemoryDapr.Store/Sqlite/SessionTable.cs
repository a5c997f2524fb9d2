using EmbeddedDapr.Storage;
using MemoryDapr.Store.Sqlite.Index;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>Session records, and the scopes.</summary>
internal static class SessionTable
{
    public static void Put(SqliteSession session, SessionRecord record) =>
        session.Execute(
            """
            INSERT OR REPLACE INTO sessions (tenant, session, user, created, behind, data) VALUES ($0, $1, $2, $3, $4, $5)
            """,
            record.Scope.Tenant, record.SessionId, record.Scope.User, record.CreatedAt.UtcTicks,
            record.DistilledTo < record.NextOrdinal, Rows.ToJson(record));

    // Only the owner's: an erasure that is repeated must not take the record of the next owner.
    public static void Remove(SqliteSession session, Scope scope, string sessionId) =>
        session.Execute("DELETE FROM sessions WHERE tenant = $0 AND session = $1 AND user = $2", scope.Tenant, sessionId, scope.User);

    public static SessionRecord? Get(SqliteSession session, string tenant, string sessionId) =>
        session.Query(
            "SELECT data FROM sessions WHERE tenant = $0 AND session = $1",
            reader => Rows.FromJson<SessionRecord>(reader, 0), tenant, sessionId).FirstOrDefault();

    public static Page<SessionRecord> List(SqliteSession session, SessionQuery query)
    {
        // Session ids are unique in a tenant only: across tenants the cursor needs both.
        Cursor from = Cursor.Parse(query.Cursor, Cursor.End);
        string conditions = (query.Tenant is null ? "" : " AND tenant = $2")
            + (query.User is null ? "" : " AND user = $3")
            + (query.OnlyBehind ? " AND behind = 1" : "");
        List<SessionRecord> rows = session.Query(
            $"""
            SELECT data FROM sessions WHERE (created, session || '.' || tenant) < ($0, $1){conditions}
            ORDER BY created DESC, session || '.' || tenant DESC LIMIT $4
            """,
            reader => Rows.FromJson<SessionRecord>(reader, 0), from.Number, from.Id, query.Tenant, query.User, query.Limit + 1);
        return Rows.ToPage(rows, query.Limit, record => new Cursor(record.CreatedAt.UtcTicks, $"{record.SessionId}.{record.Scope.Tenant}"));
    }

    public static long ScopeOf(SqliteSession session, Scope scope)
    {
        session.Execute(
            "INSERT OR IGNORE INTO scopes (tenant, user, analysis) VALUES ($0, $1, $2)", scope.Tenant, scope.User, ItemAnalyzer.Version);
        return session.Scalar<long>("SELECT id FROM scopes WHERE tenant = $0 AND user = $1", scope.Tenant, scope.User);
    }

    public static Page<Scope> ListScopes(SqliteSession session, string? cursor, int limit)
    {
        Cursor from = Cursor.Parse(cursor, Cursor.Start);
        List<(long Id, Scope Scope)> rows = session.Query(
            """
            SELECT id, tenant, user FROM scopes AS s WHERE id > $0 AND (
                EXISTS (SELECT 1 FROM items WHERE scope = s.id)
                OR EXISTS (SELECT 1 FROM sessions WHERE tenant = s.tenant AND user = s.user))
            ORDER BY id LIMIT $1
            """,
            reader => (reader.GetInt64(0), new Scope(reader.GetString(1), reader.GetString(2))), from.Number, limit + 1);
        Page<(long Id, Scope Scope)> page = Rows.ToPage(rows, limit, row => new Cursor(row.Id, ""));
        return new Page<Scope>([.. page.Items.Select(row => row.Scope)], page.NextCursor);
    }
}
