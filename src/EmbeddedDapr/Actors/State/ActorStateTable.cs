using EmbeddedDapr.Storage;

namespace EmbeddedDapr.Actors;

/// <summary>A stored value of an actor; <paramref name="ExpiresAt"/> in Unix milliseconds.</summary>
internal readonly record struct StoredState(byte[] Value, long? ExpiresAt);

/// <summary>A change to save: a value, or none to remove the name.</summary>
internal readonly record struct StateChange(string Name, byte[]? Value, long? ExpiresAt);

/// <summary>The state of all actors, one row for each name.</summary>
internal sealed class ActorStateTable(GroupCommitDatabase database)
{
    /// <summary>Rows that one purge removes at a time, so that it never holds the writer for long.</summary>
    public const int PurgeBatch = 500;

    public static void Migrate(SqliteSession session)
    {
        session.Execute(
            """
            CREATE TABLE IF NOT EXISTS actor_state(
                actor_type TEXT NOT NULL, actor_id TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL, expires_at INTEGER,
                PRIMARY KEY(actor_type, actor_id, name))
            """);
        session.Execute("CREATE INDEX IF NOT EXISTS actor_state_expiry ON actor_state(expires_at) WHERE expires_at IS NOT NULL");
    }

    /// <summary>The value of that name, unless there is none or it had expired at <paramref name="now"/>.</summary>
    public Task<StoredState?> LoadAsync(string actorType, string actorId, string name, long now, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.Query<StoredState?>(
                """
                SELECT value, expires_at FROM actor_state
                WHERE actor_type=$0 AND actor_id=$1 AND name=$2 AND (expires_at IS NULL OR expires_at > $3)
                """,
                row => new StoredState((byte[])row.GetValue(0), row.IsDBNull(1) ? null : row.GetInt64(1)),
                actorType,
                actorId,
                name,
                now).SingleOrDefault(),
            cancellationToken);

    /// <summary>Saves all changes of one actor, or none.</summary>
    public Task SaveAsync(string actorType, string actorId, IReadOnlyList<StateChange> changes) =>
        database.WriteAsync(session =>
        {
            foreach (StateChange change in changes)
            {
                if (change.Value is null)
                {
                    session.Execute("DELETE FROM actor_state WHERE actor_type=$0 AND actor_id=$1 AND name=$2", actorType, actorId, change.Name);
                }
                else
                {
                    session.Execute(
                        """
                        INSERT INTO actor_state(actor_type, actor_id, name, value, expires_at) VALUES($0, $1, $2, $3, $4)
                        ON CONFLICT(actor_type, actor_id, name) DO UPDATE SET value=excluded.value, expires_at=excluded.expires_at
                        """,
                        actorType,
                        actorId,
                        change.Name,
                        change.Value,
                        change.ExpiresAt);
                }
            }
        });

    /// <summary>Removes what had expired at <paramref name="now"/>, batch by batch, and answers how many rows that were.</summary>
    public async Task<int> PurgeAsync(long now, CancellationToken cancellationToken)
    {
        int total = 0;
        int purged;
        do
        {
            purged = await database.WriteAsync(
                session => session.Execute(
                    "DELETE FROM actor_state WHERE rowid IN (SELECT rowid FROM actor_state WHERE expires_at <= $0 LIMIT $1)", now, PurgeBatch),
                cancellationToken);
            total += purged;
        }
        while (purged == PurgeBatch);

        return total;
    }
}
