using System.Text;

namespace MemoryDapr.Store.Sqlite;

/// <summary>Writes values one behind the other: whoever reads them knows their order. See <see cref="RowReader"/>.</summary>
internal sealed class RowWriter : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;

    public RowWriter() => _writer = new BinaryWriter(_bytes);

    /// <summary>A copy of what was written.</summary>
    public byte[] Written => _bytes.ToArray();

    /// <summary>Seven bits to a byte, the lowest first; all but the last have the eighth set.</summary>
    public void Number(long value) => _writer.Write7BitEncodedInt64(value);

    /// <summary>A number from 0 on, or 0 and all others by one more.</summary>
    public void NumberOrNull(long? value) => Number(value + 1 ?? 0);

    public void Flag(bool value) => Number(value ? 1 : 0);

    /// <summary>UTC ticks in eight bytes, little-endian; -1 for none.</summary>
    public void Time(DateTimeOffset? value) => _writer.Write(value?.UtcTicks ?? -1);

    /// <summary>UTF-8, as <see cref="Bytes"/>.</summary>
    public void Text(string? value) => Bytes(value is null ? null : Encoding.UTF8.GetBytes(value));

    /// <summary>Bytes behind their length, as <see cref="NumberOrNull"/>.</summary>
    public void Bytes(byte[]? value)
    {
        NumberOrNull(value?.Length);
        _writer.Write(value ?? []);
    }

    public void Dispose() => _writer.Dispose();
}
