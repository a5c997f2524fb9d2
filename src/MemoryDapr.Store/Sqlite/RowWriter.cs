using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MemoryDapr.Store.Sqlite;

/// <summary>Writes values one behind the other: whoever reads them knows their order. See <see cref="RowReader"/>.</summary>
internal sealed class RowWriter
{
    private const int MaxNumberLength = 10;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>A copy of what was written.</summary>
    public byte[] Written => _bytes.WrittenSpan.ToArray();

    /// <summary>Seven bits to a byte, the lowest first; all but the last have the eighth set.</summary>
    public void Number(long value)
    {
        Span<byte> place = _bytes.GetSpan(MaxNumberLength);
        ulong rest = (ulong)value;
        int length = 0;
        for (; rest > 0x7F; rest >>= 7)
        {
            place[length++] = (byte)(rest | 0x80);
        }

        place[length++] = (byte)rest;
        _bytes.Advance(length);
    }

    /// <summary>A number from 0 on, or 0 and all others by one more.</summary>
    public void NumberOrNull(long? value) => Number(value + 1 ?? 0);

    public void Flag(bool value) => Number(value ? 1 : 0);

    /// <summary>UTC ticks in eight bytes, little-endian; -1 for none.</summary>
    public void Time(DateTimeOffset? value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value?.UtcTicks ?? -1);
        _bytes.Advance(sizeof(long));
    }

    /// <summary>UTF-8 behind its length, as <see cref="NumberOrNull"/>.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            NumberOrNull(null);
            return;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        NumberOrNull(length);
        _bytes.Advance(Encoding.UTF8.GetBytes(value, _bytes.GetSpan(Math.Max(1, length))));
    }

    /// <summary>Bytes behind their length, as <see cref="NumberOrNull"/>.</summary>
    public void Bytes(byte[]? value)
    {
        NumberOrNull(value?.Length);
        _bytes.Write(value);
    }
}
