using System.Text;
using Dapr.Workflow;
using EmbeddedDapr.Storage;
using Microsoft.Data.Sqlite;

namespace EmbeddedDapr.Workflows;

/// <summary>
/// An app's instances and their histories. A row that is claimed is in the engine's memory; one that is not, and has a due time,
/// waits here for its turn; one without a due time has ended or cannot go on.
/// </summary>
internal sealed class WorkflowStore(GroupCommitDatabase database, string appId)
{
    private const string RunColumns = "run, instance_id, name, input, trace_parent, trace_state";

    public static void Migrate(SqliteSession session)
    {
        session.Execute(
            """
            CREATE TABLE IF NOT EXISTS workflow_instances (
                run INTEGER PRIMARY KEY AUTOINCREMENT,
                app_id TEXT NOT NULL,
                instance_id TEXT NOT NULL,
                name TEXT NOT NULL,
                status INTEGER NOT NULL,
                claimed INTEGER NOT NULL,
                due_at INTEGER,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL,
                ended_at INTEGER,
                trace_parent TEXT,
                trace_state TEXT,
                custom_status TEXT,
                error_type TEXT,
                error_message TEXT,
                input TEXT,
                output TEXT,
                UNIQUE (app_id, instance_id))
            """);
        session.Execute(
            """
            CREATE INDEX IF NOT EXISTS workflow_instances_due ON workflow_instances (app_id, due_at)
            WHERE claimed = 0 AND due_at IS NOT NULL
            """);
        session.Execute(
            """
            CREATE INDEX IF NOT EXISTS workflow_instances_ended ON workflow_instances (app_id, ended_at)
            WHERE ended_at IS NOT NULL
            """);
        session.Execute(
            """
            CREATE TABLE IF NOT EXISTS workflow_history (
                run INTEGER NOT NULL,
                turn INTEGER NOT NULL,
                started_at INTEGER NOT NULL,
                events TEXT NOT NULL,
                PRIMARY KEY (run, turn)) WITHOUT ROWID
            """);
    }

    /// <summary>What an engine had in its memory when it ended waits here again.</summary>
    public Task ReleaseAllAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute("UPDATE workflow_instances SET claimed = 0 WHERE app_id = $0 AND claimed = 1", appId),
            cancellationToken);

    /// <summary>Records a new run, in place of one that has ended.</summary>
    /// <returns>The run's number, or null when a run of that id is active.</returns>
    public Task<long?> InsertAsync(WorkflowRun run, long now, long dueAt, bool claimed, CancellationToken cancellationToken) =>
        database.WriteAsync<long?>(
            session =>
            {
                (long Run, bool Ended)? existing = session
                    .Query<(long, bool)?>(
                        "SELECT run, ended_at IS NOT NULL FROM workflow_instances WHERE app_id = $0 AND instance_id = $1",
                        static row => (row.GetInt64(0), row.GetBoolean(1)),
                        appId,
                        run.InstanceId)
                    .FirstOrDefault();
                if (existing is { Ended: false })
                    return null;

                if (existing is not null)
                    Delete(session, existing.Value.Run);

                return session.Scalar<long>(
                    """
                    INSERT INTO workflow_instances
                        (app_id, instance_id, name, status, claimed, due_at, created_at, updated_at, trace_parent, trace_state, input)
                    VALUES ($0, $1, $2, $3, $4, $5, $6, $6, $7, $8, $9) RETURNING run
                    """,
                    appId,
                    run.InstanceId,
                    run.Name,
                    (int)WorkflowRuntimeStatus.Pending,
                    claimed,
                    dueAt,
                    now,
                    run.TraceParent,
                    run.TraceState,
                    run.Input);
            },
            cancellationToken);

    /// <summary>Writes a turn.</summary>
    /// <returns>False when the run was ended from outside meanwhile: the turn is void.</returns>
    public Task<bool> CommitAsync(TurnCommit turn, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                int changed = session.Execute(
                    """
                    UPDATE workflow_instances
                    SET status = $1, claimed = $2, due_at = $3, updated_at = $4, ended_at = $5, custom_status = $6,
                        output = $7, error_type = $8, error_message = $9
                    WHERE run = $0 AND due_at IS NOT NULL
                    """,
                    turn.Run,
                    (int)turn.Status,
                    turn.StaysClaimed,
                    turn.DueAt,
                    turn.Now,
                    turn.HasEnded ? turn.Now : null,
                    turn.CustomStatus,
                    turn.Output,
                    turn.Failure?.ErrorType,
                    turn.Failure?.ErrorMessage);
                if (changed > 0 && turn.Events is not null)
                {
                    session.Execute(
                        "INSERT INTO workflow_history (run, turn, started_at, events) VALUES ($0, $1, $2, $3)",
                        turn.Run,
                        turn.Turn,
                        turn.StartedAt,
                        turn.Events);
                }

                return changed > 0;
            },
            cancellationToken);

    /// <summary>When the next of those that wait is due, or null when none waits.</summary>
    public Task<long?> NextDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.Query<long?>(
                """
                SELECT due_at FROM workflow_instances
                WHERE app_id = $0 AND claimed = 0 AND due_at IS NOT NULL ORDER BY due_at LIMIT 1
                """,
                static row => row.GetInt64(0),
                appId).FirstOrDefault(),
            cancellationToken);

    /// <summary>Claims those that are due, the longest due first.</summary>
    public Task<List<WorkflowRun>> ClaimDueAsync(long now, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Query(
                $"""
                UPDATE workflow_instances SET claimed = 1 WHERE run IN (
                    SELECT run FROM workflow_instances
                    WHERE app_id = $0 AND claimed = 0 AND due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at LIMIT $2)
                RETURNING {RunColumns}
                """,
                ReadRun,
                appId,
                now,
                limit),
            cancellationToken);

    public Task<List<HistoryTurn>> ReadHistoryAsync(long run, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.Query(
                "SELECT started_at, events FROM workflow_history WHERE run = $0 ORDER BY turn",
                static row =>
                {
                    string events = row.GetString(1);
                    DateTime startedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)).UtcDateTime;
                    return new HistoryTurn(startedAt, WorkflowJson.DeserializeHistory(events), Encoding.UTF8.GetByteCount(events));
                },
                run),
            cancellationToken);

    public Task<InstanceSnapshot?> FindAsync(string instanceId, bool withPayloads, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.Query(
                withPayloads
                    ? "SELECT name, status, created_at, updated_at, input, output, custom_status, error_type, error_message FROM workflow_instances WHERE app_id = $0 AND instance_id = $1"
                    : "SELECT name, status, created_at, updated_at, NULL, NULL, NULL, NULL, NULL FROM workflow_instances WHERE app_id = $0 AND instance_id = $1",
                ReadSnapshot,
                appId,
                instanceId).FirstOrDefault(),
            cancellationToken);

    /// <summary>Ends an active run from outside.</summary>
    /// <returns>The ended run; 0 when it had ended already; null when there is none.</returns>
    public Task<long?> TerminateAsync(string instanceId, string? output, long now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                long? ended = session.Query<long?>(
                    """
                    UPDATE workflow_instances
                    SET status = $2, claimed = 0, due_at = NULL, updated_at = $3, ended_at = $3, output = $4
                    WHERE app_id = $0 AND instance_id = $1 AND ended_at IS NULL RETURNING run
                    """,
                    static row => row.GetInt64(0),
                    appId,
                    instanceId,
                    (int)WorkflowRuntimeStatus.Terminated,
                    now,
                    output).FirstOrDefault();
                return ended ?? session.Query<long?>(
                    "SELECT 0 FROM workflow_instances WHERE app_id = $0 AND instance_id = $1",
                    static row => row.GetInt64(0),
                    appId,
                    instanceId).FirstOrDefault();
            },
            cancellationToken);

    /// <summary>Forgets a run that has ended.</summary>
    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                long? run = session.Query<long?>(
                    "SELECT run FROM workflow_instances WHERE app_id = $0 AND instance_id = $1 AND ended_at IS NOT NULL",
                    static row => row.GetInt64(0),
                    appId,
                    instanceId).FirstOrDefault();
                if (run is not null)
                    Delete(session, run.Value);

                return run is not null;
            },
            cancellationToken);

    /// <summary>Forgets up to <paramref name="limit"/> runs that ended before <paramref name="endedBefore"/>, the oldest first.</summary>
    /// <returns>How many.</returns>
    public Task<int> PurgeEndedAsync(long endedBefore, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                List<long> runs = session.Query(
                    """
                    SELECT run FROM workflow_instances
                    WHERE app_id = $0 AND ended_at IS NOT NULL AND ended_at < $1 ORDER BY ended_at LIMIT $2
                    """,
                    static row => row.GetInt64(0),
                    appId,
                    endedBefore,
                    limit);
                foreach (long run in runs)
                    Delete(session, run);

                return runs.Count;
            },
            cancellationToken);

    private static void Delete(SqliteSession session, long run)
    {
        session.Execute("DELETE FROM workflow_history WHERE run = $0", run);
        session.Execute("DELETE FROM workflow_instances WHERE run = $0", run);
    }

    private static WorkflowRun ReadRun(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), Text(row, 3), Text(row, 4), Text(row, 5));

    private static InstanceSnapshot ReadSnapshot(SqliteDataReader row) =>
        new(
            row.GetString(0),
            (WorkflowRuntimeStatus)row.GetInt32(1),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
            Text(row, 4),
            Text(row, 5),
            Text(row, 6),
            Text(row, 7) is { } errorType ? new WorkflowTaskFailureDetails(errorType, Text(row, 8) ?? "") : null);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
