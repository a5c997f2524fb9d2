using EmbeddedDapr.Storage;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>Pipeline records.</summary>
internal static class PipelineTable
{
    private static readonly PipelineStatus[] AllStatuses = Enum.GetValues<PipelineStatus>();

    public static void Put(SqliteSession session, PipelineRecord record) =>
        session.Execute(
            "INSERT OR REPLACE INTO pipelines (id, tenant, status, created, updated, data) VALUES ($0, $1, $2, $3, $4, $5)",
            record.Id, record.Scope.Tenant, (int)record.Status, record.CreatedAt.UtcTicks, record.UpdatedAt.UtcTicks, Rows.ToJson(record));

    public static void Remove(SqliteSession session, Scope scope, string id) =>
        session.Execute("DELETE FROM pipelines WHERE id = $0 AND tenant = $1", id, scope.Tenant);

    public static PipelineRecord? Get(SqliteSession session, string? tenant, string id) =>
        session.Query(
            "SELECT data FROM pipelines WHERE id = $0 AND ($1 IS NULL OR tenant = $1)",
            reader => Rows.FromJson<PipelineRecord>(reader, 0), id, tenant).FirstOrDefault();

    /// <summary>Each status from its own index, then together: few are at work among the many that are done.</summary>
    public static Page<PipelineRecord> List(SqliteSession session, PipelineQuery query)
    {
        Cursor from = Cursor.Parse(query.Cursor, Cursor.End);
        string tenant = query.Tenant is null ? "$3 IS NULL" : "tenant = $3";
        List<PipelineRecord> rows = (query.Statuses.Count == 0 ? AllStatuses : query.Statuses.Distinct())
            .SelectMany(status => session.Query(
                $"""
                SELECT data FROM pipelines
                WHERE status = $0 AND {tenant} AND (created, id) < ($1, $2) AND ($4 IS NULL OR updated < $4)
                    AND ($6 IS NULL OR CAST(data AS TEXT) ->> 'sessionId' = $6)
                ORDER BY created DESC, id DESC LIMIT $5
                """,
                reader => Rows.FromJson<PipelineRecord>(reader, 0),
                (int)status, from.Number, from.Id, query.Tenant, query.UpdatedBefore?.UtcTicks, query.Limit + 1, query.SessionId))
            .OrderByDescending(record => record.CreatedAt)
            .ThenByDescending(record => record.Id, StringComparer.Ordinal)
            .ToList();
        return Rows.ToPage(rows, query.Limit, record => new Cursor(record.CreatedAt.UtcTicks, record.Id));
    }
}
