using Microsoft.Data.Sqlite;

namespace EmbeddedDapr.Storage;

/// <summary>One SQLite connection with its prepared statements, used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    // SQLITE_CONFIG_MULTITHREAD and SQLITE_CONFIG_MEMSTATUS.
    private const int ConfigMultiThread = 2;
    private const int ConfigMemoryStatus = 9;

    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<RowQuery, SqliteRowStatement> _rowStatements = [];

    // One thread at a time is what this class promises, so SQLite need not lock for it; nor count every byte under a lock of the process.
    // Both are settings of the process, which SQLite takes only before it is first used: where somebody was earlier, theirs stand.
    static SqliteSession()
    {
        SQLitePCL.Batteries_V2.Init();
        SQLitePCL.raw.sqlite3_config(ConfigMultiThread);
        SQLitePCL.raw.sqlite3_config(ConfigMemoryStatus, 0);
    }

    private SqliteSession(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <summary>
    /// Opens <paramref name="path"/> in WAL mode with <c>synchronous=FULL</c>: a commit has reached the disk when it returns,
    /// so it survives power loss and not only the end of the process.
    /// </summary>
    public static SqliteSession Open(string path, bool readOnly)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            // One connection per session, kept for the life of the database: a pool would hide which are open.
            Pooling = false,
        };
        var session = new SqliteSession(new SqliteConnection(settings.ToString()));
        session.Connection.Open();
        session.Execute("PRAGMA busy_timeout=5000");
        if (!readOnly)
        {
            session.Execute("PRAGMA journal_mode=WAL");
            session.Execute("PRAGMA synchronous=FULL");
            session.Execute("PRAGMA foreign_keys=ON");

            // Pages of indexes are written again and again by different commits: the longer they wait in the log, the fewer times each goes
            // to the file, and the writer finds them in its own memory. 16 MiB of log, 8 MiB of memory.
            session.Execute("PRAGMA wal_autocheckpoint=4000");
            session.Execute("PRAGMA cache_size=-8192");
        }
        else
        {
            // In KiB, twice the standard: a page that is not there is a call to the system, and each reader has its own.
            session.Execute("PRAGMA cache_size=-4096");
        }

        session.Execute("PRAGMA temp_store=MEMORY");
        return session;
    }

    /// <summary>
    /// The statement for <paramref name="sql"/> with the values bound to <c>$0</c>, <c>$1</c>, … in order; prepared once per session.
    /// Read its result to the end before the same SQL is asked for again.
    /// </summary>
    public SqliteCommand Statement(string sql, params ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out SqliteCommand? command))
        {
            command = Connection.CreateCommand();
#pragma warning disable CA2100 // Every SQL text of this program is a constant; values are always bound.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = FormattableString.Invariant($"${i}") });
            }

            _statements.Add(sql, command);
        }

        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    /// <summary>
    /// The statement of <paramref name="query"/>, without the objects of a command and a reader around it, for what every request runs;
    /// prepared once per session.
    /// </summary>
    public SqliteRowStatement Prepare(RowQuery query)
    {
        if (!_rowStatements.TryGetValue(query, out SqliteRowStatement? statement))
        {
            statement = new SqliteRowStatement(Connection, query.Sql);
            _rowStatements.Add(query, statement);
        }

        return statement;
    }

    /// <summary>Runs a statement that returns no rows and answers how many it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Statement(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row, or the default of <typeparamref name="T"/> when there is none or it is null.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values)
    {
        object? value = Statement(sql, values).ExecuteScalar();
        return value is null or DBNull ? default : (T)Convert.ChangeType(value, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Every row, as <paramref name="read"/> makes of it.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        using SqliteDataReader reader = Statement(sql, values).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (SqliteRowStatement statement in _rowStatements.Values)
        {
            statement.Dispose();
        }

        foreach (SqliteCommand statement in _statements.Values)
        {
            statement.Dispose();
        }

        Connection.Dispose();
    }
}
