using EmbeddedDapr.Storage;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>How items came to be.</summary>
internal static class HistoryTable
{
    private const int StepsPerItem = 100;

    public static void Add(SqliteSession session, long scope, HistoryEntry entry)
    {
        session.Execute(
            """
            INSERT OR IGNORE INTO history (item, at, action, data)
            SELECT $0, $1, $2, $3 WHERE EXISTS (SELECT 1 FROM items WHERE id = $0 AND scope = $4)
            """,
            entry.ItemId, entry.At.UtcTicks, entry.Action, Rows.ToJson(entry), scope);
        session.Execute(
            """
            DELETE FROM history WHERE item = $0 AND row IN (
                SELECT row FROM history WHERE item = $0 ORDER BY at DESC, row DESC LIMIT -1 OFFSET $1)
            """,
            entry.ItemId, StepsPerItem);
    }

    public static List<HistoryEntry> Get(SqliteSession session, string tenant, string itemId) =>
        session.Query(
            """
            SELECT h.data FROM history AS h JOIN items AS i ON i.id = h.item
            WHERE h.item = $1 AND i.tenant = $0 ORDER BY h.at, h.row
            """,
            reader => Rows.FromJson<HistoryEntry>(reader, 0), tenant, itemId);
}
