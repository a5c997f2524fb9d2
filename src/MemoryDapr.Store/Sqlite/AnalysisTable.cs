using System.Runtime.InteropServices;
using EmbeddedDapr.Storage;
using MemoryDapr.Store.Sqlite.Index;
using MemoryDapr.Types;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemoryDapr.Store.Sqlite;

/// <summary>
/// What indexes are loaded from: each item's analysis with its salience, a scope's side by side, so that loading a scope reads these
/// pages and no others, and no JSON.
/// </summary>
internal static class AnalysisTable
{
    private const int RowsBetweenChecks = 1_024;

    public static void Put(SqliteSession session, long scope, long row, SalienceLevel salience, byte[] analysis) =>
        session.Execute(
            "INSERT OR REPLACE INTO analyses (scope, item, version, salience, salience_at, data) VALUES ($0, $1, $2, $3, $4, $5)",
            scope, row, ItemAnalyzer.Version, salience.Value, salience.At.UtcTicks, analysis);

    public static void Remove(SqliteSession session, long scope, long row) =>
        session.Execute("DELETE FROM analyses WHERE scope = $0 AND item = $1", scope, row);

    public static void SetSalience(SqliteSession session, long scope, long row, SalienceLevel salience) =>
        session.Execute(
            "UPDATE analyses SET salience = $2, salience_at = $3 WHERE scope = $0 AND item = $1",
            scope, row, salience.Value, salience.At.UtcTicks);

    /// <summary>Whether all items of the scope are analysed as this release does it.</summary>
    public static bool IsCurrent(SqliteSession session, Scope scope) =>
        session.Scalar<long>(
            "SELECT count(*) FROM scopes WHERE tenant = $0 AND user = $1 AND analysis <> $2", scope.Tenant, scope.User, ItemAnalyzer.Version) == 0;

    public static void SetCurrent(SqliteSession session, Scope scope) =>
        session.Execute("UPDATE scopes SET analysis = $2 WHERE tenant = $0 AND user = $1", scope.Tenant, scope.User, ItemAnalyzer.Version);

    /// <summary>
    /// Loads a scope into an empty index, in the order in which its items were first written, taking room as it grows. False if it
    /// would take more than <paramref name="mostBytes"/>: then it is not whole and of no use.
    /// </summary>
    public static bool Load(SqliteSession session, Scope scope, ScopeIndex index, ScopeIndexCache.Room room, long mostBytes)
    {
        SqliteCommand rows = session.Statement(
            """
            SELECT a.item, a.salience, a.salience_at, a.data, v.data FROM analyses AS a LEFT JOIN vectors AS v ON v.item = a.item
            WHERE a.scope = (SELECT id FROM scopes WHERE tenant = $0 AND user = $1) ORDER BY a.item
            """,
            scope.Tenant, scope.User);
        return Load(rows, index, room, mostBytes);
    }

    /// <summary>The same of what is distilled alone.</summary>
    public static bool LoadDistilled(SqliteSession session, Scope scope, ScopeIndex index, ScopeIndexCache.Room room, long mostBytes)
    {
        SqliteCommand rows = session.Statement(
            """
            SELECT a.item, a.salience, a.salience_at, a.data, v.data
            FROM analyses AS a JOIN items AS i ON i.row = a.item LEFT JOIN vectors AS v ON v.item = a.item
            WHERE a.scope = (SELECT id FROM scopes WHERE tenant = $0 AND user = $1) AND i.kind IN ($2, $3) ORDER BY a.item
            """,
            scope.Tenant, scope.User, (int)MemoryKind.Episode, (int)MemoryKind.Fact);
        return Load(rows, index, room, mostBytes);
    }

    private static bool Load(SqliteCommand rows, ScopeIndex index, ScopeIndexCache.Room room, long mostBytes)
    {
        index.BeginLoad();
        using SqliteDataReader reader = rows.ExecuteReader();
        sqlite3_stmt statement = reader.Handle ?? throw new InvalidOperationException("The statement is closed.");
        while (reader.Read())
        {
            // As SQLite holds it: the reader would copy every value into an array of its own.
            int slot = index.Put(raw.sqlite3_column_blob(statement, 3), reader.GetInt64(0), reader.GetFloat(1), reader.GetInt64(2));
            ReadOnlySpan<byte> vector = raw.sqlite3_column_blob(statement, 4);
            if (!vector.IsEmpty)
            {
                index.Vectors.Set(slot, MemoryMarshal.Cast<byte, float>(vector));
            }

            if (slot % RowsBetweenChecks == RowsBetweenChecks - 1)
            {
                room.Take(index.Bytes);
                if (index.Bytes > mostBytes)
                {
                    return false;
                }
            }
        }

        index.EndLoad();
        room.Take(index.Bytes);
        return index.Bytes <= mostBytes;
    }
}
