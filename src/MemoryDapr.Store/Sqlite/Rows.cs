using System.Text.Json;
using Microsoft.Data.Sqlite;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>Records to and from columns.</summary>
internal static class Rows
{
    public static byte[] ToJson<T>(T record) => JsonSerializer.SerializeToUtf8Bytes(record, MemoryJson.Unescaped);

    public static T FromJson<T>(SqliteDataReader reader, int column) =>
        JsonSerializer.Deserialize<T>(reader.GetFieldValue<byte[]>(column), MemoryJson.Options)
            ?? throw new InvalidDataException("A record of the store is null.");

    public static DateTimeOffset Time(this SqliteDataReader reader, int column) => new(reader.GetInt64(column), TimeSpan.Zero);

    /// <summary>Parameters that stand for lists, for <c>json_each</c>.</summary>
    public static string ToList<T>(IEnumerable<T> values) => JsonSerializer.Serialize(values, MemoryJson.Options);

    /// <summary>One row more than the limit was asked for: it tells whether there is a next page.</summary>
    public static Page<T> ToPage<T>(List<T> rows, int limit, Func<T, Cursor> cursor)
    {
        if (rows.Count <= limit)
        {
            return new Page<T>(rows, null);
        }

        rows.RemoveRange(limit, rows.Count - limit);
        return new Page<T>(rows, cursor(rows[^1]).ToString());
    }
}
