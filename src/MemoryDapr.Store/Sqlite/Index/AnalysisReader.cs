using System.Buffers.Binary;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Reads what <see cref="ItemAnalyzer"/> wrote, in its order and without copies.</summary>
internal ref struct AnalysisReader(ReadOnlySpan<byte> analysis)
{
    private ReadOnlySpan<byte> _rest = analysis;

    public byte ReadByte() => Take(1)[0];

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public float ReadSingle() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));

    /// <summary>A number of seven bits a byte, the lowest first, as BinaryWriter writes it.</summary>
    public int ReadCount()
    {
        int value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = ReadByte();
            value |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>Bytes after their number: a text in UTF-8, or JSON.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadCount());

    /// <summary>So many terms, as they lie there.</summary>
    public ReadOnlySpan<byte> ReadTerms(int count) => Take(count * sizeof(uint));

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
