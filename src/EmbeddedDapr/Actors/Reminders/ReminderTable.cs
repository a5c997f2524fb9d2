using EmbeddedDapr.Storage;
using Microsoft.Data.Sqlite;

namespace EmbeddedDapr.Actors;

/// <summary>The reminders of all actors, indexed by the time they are due.</summary>
internal sealed class ReminderTable(GroupCommitDatabase database)
{
    private const string Columns =
        "registration, actor_type, actor_id, name, state, due_time, period, due_at, scheduled_at, remaining, expires_at, failures";

    public static void Migrate(SqliteSession session)
    {
        // A registration number is never used again: what was delivered for an old one cannot end a newer one of the same name.
        session.Execute(
            """
            CREATE TABLE IF NOT EXISTS actor_reminder(
                registration INTEGER PRIMARY KEY AUTOINCREMENT, actor_type TEXT NOT NULL, actor_id TEXT NOT NULL, name TEXT NOT NULL,
                state BLOB, due_time INTEGER NOT NULL, period INTEGER NOT NULL, due_at INTEGER NOT NULL, scheduled_at INTEGER NOT NULL,
                remaining INTEGER, expires_at INTEGER, failures INTEGER NOT NULL DEFAULT 0,
                UNIQUE(actor_type, actor_id, name))
            """);
        session.Execute("CREATE INDEX IF NOT EXISTS actor_reminder_due ON actor_reminder(actor_type, due_at)");
    }

    public Task RegisterAsync(Reminder reminder) =>
        database.WriteAsync(session => session.Execute(
            """
            INSERT OR REPLACE INTO actor_reminder(
                actor_type, actor_id, name, state, due_time, period, due_at, scheduled_at, remaining, expires_at)
            VALUES($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            reminder.ActorType,
            reminder.ActorId,
            reminder.Name,
            reminder.State,
            reminder.DueTime.Ticks,
            reminder.Period.Ticks,
            reminder.DueAt,
            reminder.ScheduledAt,
            reminder.Remaining,
            reminder.ExpiresAt));

    public Task UnregisterAsync(string actorType, string actorId, string name) =>
        database.WriteAsync(session => session.Execute(
            "DELETE FROM actor_reminder WHERE actor_type=$0 AND actor_id=$1 AND name=$2", actorType, actorId, name));

    public Task<Reminder?> FindAsync(string actorType, string actorId, string name) =>
        database.ReadAsync(session => session.Query(
            $"SELECT {Columns} FROM actor_reminder WHERE actor_type=$0 AND actor_id=$1 AND name=$2", Read, actorType, actorId, name)
            .SingleOrDefault());

    /// <summary>What is due at <paramref name="now"/>, earliest first, at most <paramref name="limit"/> for each type.</summary>
    public Task<List<Reminder>> DueAsync(IReadOnlyCollection<string> actorTypes, long now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => actorTypes
                .SelectMany(type => session.Query(
                    $"SELECT {Columns} FROM actor_reminder WHERE actor_type=$0 AND due_at<=$1 ORDER BY due_at LIMIT $2", Read, type, now, limit))
                .OrderBy(reminder => reminder.DueAt)
                .ToList(),
            cancellationToken);

    /// <summary>When the next one after <paramref name="now"/> is due, or null when none is.</summary>
    public Task<long?> NextDueAsync(IReadOnlyCollection<string> actorTypes, long now, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => actorTypes
                .SelectMany(type => session.Query<long?>(
                    "SELECT due_at FROM actor_reminder WHERE actor_type=$0 AND due_at>$1 ORDER BY due_at LIMIT 1", row => row.GetInt64(0), type, now))
                .Min(),
            cancellationToken);

    /// <summary>Puts the reminder off, unless it was registered anew or ended meanwhile.</summary>
    public Task RescheduleAsync(Reminder reminder) =>
        database.WriteAsync(session => session.Execute(
            "UPDATE actor_reminder SET due_at=$1, scheduled_at=$2, remaining=$3, failures=$4 WHERE registration=$0",
            reminder.Registration,
            reminder.DueAt,
            reminder.ScheduledAt,
            reminder.Remaining,
            reminder.Failures));

    /// <summary>Ends the reminder, unless it was registered anew or ended meanwhile.</summary>
    public Task RemoveAsync(Reminder reminder) =>
        database.WriteAsync(session => session.Execute("DELETE FROM actor_reminder WHERE registration=$0", reminder.Registration));

    private static Reminder Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.IsDBNull(4) ? null : (byte[])row.GetValue(4),
        TimeSpan.FromTicks(row.GetInt64(5)),
        TimeSpan.FromTicks(row.GetInt64(6)),
        row.GetInt64(7),
        row.GetInt64(8),
        row.IsDBNull(9) ? null : row.GetInt32(9),
        row.IsDBNull(10) ? null : row.GetInt64(10),
        row.GetInt32(11));
}
