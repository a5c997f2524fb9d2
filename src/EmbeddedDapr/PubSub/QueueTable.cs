using EmbeddedDapr.Storage;
using Microsoft.Data.Sqlite;

namespace EmbeddedDapr.PubSub;

/// <summary>The queues' table. One row is one event for one queue; it leaves when the app's answer is known.</summary>
/// <remarks><c>due</c> is 0 for an event not yet given back, else the time (Unix ms) from which it may be delivered again.</remarks>
internal static class QueueTable
{
    public static void Migrate(SqliteSession session)
    {
        session.Execute(
            """
            CREATE TABLE IF NOT EXISTS pubsub_event (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              queue TEXT NOT NULL,
              due INTEGER NOT NULL DEFAULT 0,
              envelope BLOB NOT NULL)
            """);
        session.Execute("CREATE INDEX IF NOT EXISTS pubsub_event_order ON pubsub_event (queue, due, id)");
    }

    /// <summary>How many events each queue holds.</summary>
    public static Dictionary<string, int> Depths(SqliteSession session) =>
        session.Query("SELECT queue, COUNT(*) FROM pubsub_event GROUP BY queue", row => (Queue: row.GetString(0), Depth: row.GetInt32(1)))
            .ToDictionary(row => row.Queue, row => row.Depth, StringComparer.Ordinal);

    public static void Insert(SqliteSession session, string queue, byte[] envelope) =>
        session.Execute("INSERT INTO pubsub_event (queue, envelope) VALUES ($0, $1)", queue, envelope);

    public static void Delete(SqliteSession session, long id) => session.Execute("DELETE FROM pubsub_event WHERE id = $0", id);

    public static void Postpone(SqliteSession session, long id, long due) =>
        session.Execute("UPDATE pubsub_event SET due = $1 WHERE id = $0", id, due);

    /// <summary>At most <paramref name="limit"/> events that may be delivered now: first those given back, which are older, then the new ones.</summary>
    public static List<QueuedEvent> Ready(SqliteSession session, string queue, long now, int limit)
    {
        List<QueuedEvent> ready = session.Query(
            "SELECT id, envelope FROM pubsub_event WHERE queue = $0 AND due > 0 AND due <= $1 ORDER BY due, id LIMIT $2",
            Read,
            queue,
            now,
            limit);
        ready.AddRange(session.Query(
            "SELECT id, envelope FROM pubsub_event WHERE queue = $0 AND due = 0 ORDER BY id LIMIT $1", Read, queue, limit - ready.Count));
        return ready;
    }

    /// <summary>When the next postponed event is due (Unix ms); null when none is postponed beyond <paramref name="now"/>.</summary>
    public static long? NextDue(SqliteSession session, string queue, long now)
    {
        long due = session.Scalar<long>("SELECT MIN(due) FROM pubsub_event WHERE queue = $0 AND due > $1", queue, now);
        return due == 0 ? null : due;
    }

    private static QueuedEvent Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetFieldValue<byte[]>(1));
}
