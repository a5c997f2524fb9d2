using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EmbeddedDapr.Storage;

/// <summary>A prepared statement that takes numbers.</summary>
internal sealed class SqliteRowStatement : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;

    public SqliteRowStatement(SqliteConnection connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
    }

    /// <summary>Binds a number to a parameter, the first of which is 1. It stays bound.</summary>
    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    /// <summary>
    /// Goes to the next row, at first to the first, and answers whether there is one. Its columns can be read until the next step or
    /// <see cref="Reset"/>.
    /// </summary>
    public bool Step()
    {
        int result = raw.sqlite3_step(_statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Reset();
            Check(result);
        }

        return result == raw.SQLITE_ROW;
    }

    /// <summary>Lets go of its rows; it can be run again.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <summary>Runs it for what it does.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>A column's bytes, where SQLite has them: until the row is let go of.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public double Real(int column) => raw.sqlite3_column_double(_statement, column);

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _connection.Handle);
        }
    }
}
