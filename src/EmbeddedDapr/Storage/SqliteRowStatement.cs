using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EmbeddedDapr.Storage;

/// <summary>A prepared statement that takes a number at most and answers a row at most.</summary>
internal sealed class SqliteRowStatement : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;

    public SqliteRowStatement(SqliteConnection connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
    }

    /// <summary>Binds the number to the statement's one parameter.</summary>
    public void Bind(long value) => Check(raw.sqlite3_bind_int64(_statement, 1, value));

    /// <summary>Runs it and answers whether there is a row. Its columns can be read until <see cref="Reset"/>.</summary>
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

    /// <summary>Lets go of the row; the statement can be run again.</summary>
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

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);
}
