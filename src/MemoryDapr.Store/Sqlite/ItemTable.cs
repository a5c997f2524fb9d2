using System.Runtime.InteropServices;
using EmbeddedDapr.Storage;
using MemoryDapr.Store.Sqlite.Index;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Microsoft.Data.Sqlite;

namespace MemoryDapr.Store.Sqlite;

/// <summary>Items with their sources, vectors and histories.</summary>
internal static class ItemTable
{
    private const string Columns = "data, salience, salience_at, facts";

    /// <summary>Rows are asked for by as many as the next multiple of this, so that there are few statements.</summary>
    private const int FoundAtOnce = 10;

    /// <summary>Rows count from 1.</summary>
    private const long NoRow = 0;

    private static readonly RowQuery[] Finds = FindsWith("NULL");
    private static readonly RowQuery[] FindsWithFacts = FindsWith("facts");

    /// <summary>Writes an item and its analysis and answers its row, which it keeps for life.</summary>
    public static long Put(SqliteSession session, long scope, MemoryItem item, byte[] analysis)
    {
        long row = session.Scalar<long>(
            """
            INSERT INTO items (id, scope, tenant, kind, session, turn, ordinal, created, salience, salience_at, promoted, data, facts)
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (id) DO UPDATE SET kind = $3, session = $4, turn = $5, ordinal = $6, created = $7, salience = $8,
                salience_at = $9, promoted = $10, data = $11, facts = $12
            RETURNING row
            """,
            item.Id, scope, item.Scope.Tenant, (int)item.Kind, item.SessionId, item.TurnId, item.Ordinal, item.CreatedAt.UtcTicks,
            item.Salience.Value, item.Salience.At.UtcTicks, item.Promoted, ItemRow.Write(item), ItemRow.WriteFacts(item));
        AnalysisTable.Put(session, scope, row, item.Salience, analysis);
        if (item.Kind != MemoryKind.Turn)
        {
            session.Execute("DELETE FROM sources WHERE item = $0", row);
            foreach (TurnSource source in item.Sources)
            {
                session.Execute(
                    "INSERT OR IGNORE INTO sources (scope, session, turn, item) VALUES ($0, $1, $2, $3)", scope, source.SessionId, source.TurnId, row);
            }
        }

        return row;
    }

    public static void Remove(SqliteSession session, long scope, string id)
    {
        long row = session.Scalar<long>("SELECT row FROM items WHERE id = $0 AND scope = $1", id, scope);
        if (row != 0)
        {
            AnalysisTable.Remove(session, scope, row);
            session.Execute("DELETE FROM sources WHERE item = $0", row);
            session.Execute("DELETE FROM vectors WHERE item = $0", row);
            session.Execute("DELETE FROM history WHERE item = $0", id);
            session.Execute("DELETE FROM items WHERE row = $0", row);
        }
    }

    public static void SetSalience(SqliteSession session, long scope, SalienceChange change)
    {
        long row = session.Scalar<long>(
            "UPDATE items SET salience = $2, salience_at = $3 WHERE id = $0 AND scope = $1 RETURNING row",
            change.ItemId, scope, change.Salience.Value, change.Salience.At.UtcTicks);
        AnalysisTable.SetSalience(session, scope, row, change.Salience);
    }

    public static void SetVector(SqliteSession session, long scope, ItemVector vector) =>
        session.Execute(
            "INSERT OR REPLACE INTO vectors (item, data) SELECT row, $2 FROM items WHERE id = $0 AND scope = $1",
            vector.ItemId, scope, MemoryMarshal.AsBytes<float>([.. vector.Values]).ToArray());

    public static List<MemoryItem> Get(SqliteSession session, string tenant, IReadOnlyList<string> ids)
    {
        var found = session
            .Query($"SELECT {Columns} FROM items WHERE tenant = $0 AND id IN (SELECT value FROM json_each($1))", Read, tenant, Rows.ToList(ids))
            .ToDictionary(item => item.Id, StringComparer.Ordinal);
        return [.. ids.Distinct(StringComparer.Ordinal).Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>
    /// The items of these rows, at their places; null where one is not there any more, or not of this scope. Facts are left out where
    /// they are not wanted.
    /// </summary>
    public static MemoryItem?[] Find(SqliteSession session, Scope scope, IReadOnlyList<RankedItem> rows, bool withFacts)
    {
        var items = new MemoryItem?[rows.Count];
        if (items.Length == 0)
        {
            return items;
        }

        int tens = (items.Length - 1) / FoundAtOnce;
        SqliteRowStatement statement = session.Prepare((withFacts ? FindsWithFacts : Finds)[tens]);
        for (int place = 0; place < (tens + 1) * FoundAtOnce; place++)
        {
            statement.Bind(place + 1, place < items.Length ? rows[place].RowId : NoRow);
        }

        try
        {
            while (statement.Step())
            {
                SalienceLevel salience = new(statement.Real(2), new DateTimeOffset(statement.Number(3), TimeSpan.Zero));
                MemoryItem item = ItemRow.Read(statement.Bytes(1), statement.Bytes(4), salience, scope);
                items[statement.Number(0)] = item.Scope == scope ? item : null;
            }
        }
        finally
        {
            statement.Reset();
        }

        return items;
    }

    public static MemoryItem? FindTurn(SqliteSession session, string tenant, string sessionId, string turnId) =>
        session.Query(
            $"SELECT {Columns} FROM items WHERE kind = 0 AND tenant = $0 AND session = $1 AND turn = $2", Read, tenant, sessionId, turnId).FirstOrDefault();

    public static Page<MemoryItem> List(SqliteSession session, ItemQuery query)
    {
        Cursor from = Cursor.Parse(query.Cursor, Cursor.Start);
        List<MemoryItem> rows = session.Query(
            $"""
            SELECT {Columns} FROM items
            WHERE scope = (SELECT id FROM scopes WHERE tenant = $0 AND user = $1) AND (created, id) > ($2, $3)
                AND ($4 IS NULL OR kind IN (SELECT value FROM json_each($4)))
                AND ($5 IS NULL OR session = $5)
                AND ($6 IS NULL OR (kind = 1 AND promoted = 0 AND salience >= $6))
                AND ($7 = 0 OR NOT EXISTS (SELECT 1 FROM vectors WHERE item = items.row))
            ORDER BY created, id LIMIT $8
            """,
            Read,
            query.Scope.Tenant, query.Scope.User, from.Number, from.Id,
            query.Kinds.Count == 0 ? null : Rows.ToList(query.Kinds.Select(kind => (int)kind)),
            query.SessionId, query.PromotableFrom, query.OnlyWithoutVector ? 1 : 0, query.Limit + 1);
        return Rows.ToPage(rows, query.Limit, item => new Cursor(item.CreatedAt.UtcTicks, item.Id));
    }

    public static List<MemoryItem> FindCiting(SqliteSession session, Scope scope, IReadOnlyList<TurnSource> sources) =>
        session.Query(
            $"""
            SELECT {Columns} FROM items WHERE row IN (
                SELECT s.item FROM json_each($2) AS asked JOIN sources AS s
                ON s.session = asked.value ->> 'sessionId' AND s.turn = asked.value ->> 'turnId'
                WHERE s.scope = (SELECT id FROM scopes WHERE tenant = $0 AND user = $1))
            ORDER BY created, id
            """,
            Read, scope.Tenant, scope.User, Rows.ToList(sources));

    public static List<MemoryItem> ListTurns(SqliteSession session, Scope scope, string sessionId, long fromOrdinal, int limit) =>
        session.Query(
            $"""
            SELECT {Columns} FROM items
            WHERE kind = 0 AND scope = (SELECT id FROM scopes WHERE tenant = $0 AND user = $1) AND session = $2 AND ordinal >= $3
            ORDER BY ordinal LIMIT $4
            """,
            Read, scope.Tenant, scope.User, sessionId, fromOrdinal, limit);

    /// <summary>
    /// Items of a scope that are not analysed as this release does it, with their rows, from a place in the order of
    /// <see cref="List"/> on.
    /// </summary>
    public static List<(long Row, MemoryItem Item)> ListUnanalyzed(SqliteSession session, Scope scope, Cursor from, int limit) =>
        session.Query(
            $"""
            SELECT {Columns}, row FROM items
            WHERE scope = (SELECT id FROM scopes WHERE tenant = $0 AND user = $1) AND (created, id) > ($2, $3)
                AND NOT EXISTS (SELECT 1 FROM analyses AS a WHERE a.scope = items.scope AND a.item = items.row AND a.version = $4)
            ORDER BY created, id LIMIT $5
            """,
            reader => (reader.GetInt64(4), Read(reader)),
            scope.Tenant, scope.User, from.Number, from.Id, Index.ItemAnalyzer.Version, limit);

    private static MemoryItem Read(SqliteDataReader reader) => ItemRow.Read(
        SQLitePCL.raw.sqlite3_column_blob(reader.Handle, 0),
        SQLitePCL.raw.sqlite3_column_blob(reader.Handle, 3),
        new SalienceLevel(reader.GetDouble(1), reader.Time(2)));

    private static RowQuery[] FindsWith(string facts) =>
        [.. Enumerable.Range(1, StoreLimits.MaxWinners / FoundAtOnce).Select(tens => Find(tens * FoundAtOnce, facts))];

    // One statement for all: starting one costs as much as finding a row. Facts stand last in their row: where they are not asked for,
    // the pages that they fill are not read.
    private static RowQuery Find(int count, string facts)
    {
        IEnumerable<string> asked = Enumerable.Range(0, count).Select(place => FormattableString.Invariant($"({place}, ?{place + 1})"));
        return new RowQuery(
            $"""
            WITH asked (place, row) AS (VALUES {string.Join(", ", asked)})
            SELECT place, data, salience, salience_at, {facts} FROM asked CROSS JOIN items ON items.row = asked.row
            """);
    }
}
