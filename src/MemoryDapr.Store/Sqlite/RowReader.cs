using System.Buffers.Binary;
using System.Text;

namespace MemoryDapr.Store.Sqlite;

/// <summary>Reads what a <see cref="RowWriter"/> wrote, in the same order.</summary>
/// <remarks>Every method throws <see cref="InvalidDataException"/> where the bytes end too soon, or cannot be what they are read as.</remarks>
internal ref struct RowReader(ReadOnlySpan<byte> row)
{
    private const int MostBits = 63;

    private readonly ReadOnlySpan<byte> _row = row;
    private int _position;

    public long Number()
    {
        ulong value = 0;
        for (int shift = 0; shift <= MostBits; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next <= 0x7F)
            {
                return (long)value;
            }
        }

        throw Broken();
    }

    public long? NumberOrNull() => Number() is var number and not 0 ? number - 1 : null;

    /// <summary>How many values follow: each has a byte at least.</summary>
    public int Count()
    {
        long count = Number();
        return count >= 0 && count <= _row.Length - _position ? (int)count : throw Broken();
    }

    public bool Flag() => Number() != 0;

    public DateTimeOffset Time() => TimeOrNull() ?? throw Broken();

    public DateTimeOffset? TimeOrNull()
    {
        long ticks = BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));
        return ticks == -1 ? null
            : ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw Broken();
    }

    /// <summary>A text; <paramref name="known"/> itself if it is the same.</summary>
    public string Text(string? known = null)
    {
        ReadOnlySpan<byte> text = Bytes(out bool isNull);
        return isNull ? throw Broken()
            : known is not null && Ascii.Equals(text, known) ? known
            : Encoding.UTF8.GetString(text);
    }

    public string? TextOrNull()
    {
        ReadOnlySpan<byte> text = Bytes(out bool isNull);
        return isNull ? null : Encoding.UTF8.GetString(text);
    }

    public ReadOnlySpan<byte> Bytes(out bool isNull)
    {
        long length = Number() - 1;
        isNull = length < 0;
        return isNull ? [] : Take(length);
    }

    /// <summary>For what is no row, or a damaged one.</summary>
    public readonly InvalidDataException Broken() => new($"An item's row is broken at byte {_position}.");

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length > _row.Length - _position)
        {
            throw Broken();
        }

        ReadOnlySpan<byte> taken = _row.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }
}
