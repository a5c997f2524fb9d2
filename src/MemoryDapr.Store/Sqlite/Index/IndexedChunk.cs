using MemoryDapr.Recall.Ranking;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>A part of an item, linked to the parts before and after it in its session.</summary>
internal struct IndexedChunk(int item, int length, PackedTraits traits, bool isDistilled)
{
    /// <summary>No chunk.</summary>
    public const int None = -1;

    private const int LengthBits = 15;
    private const int MaxLength = (1 << LengthBits) - 1;
    private const uint DistilledBit = 1u << LengthBits;

    public int Item = item;
    public int Previous = None;
    public int Next = None;

    // All that ranking asks of a chunk without a look at its item.
    private readonly uint _packed = (uint)Math.Min(length, MaxLength) | (isDistilled ? DistilledBit : 0) | ((uint)traits.Bits << (LengthBits + 1));

    /// <summary>Nothing, unlinked.</summary>
    public static IndexedChunk Dead { get; } = new(None, 0, default, false);

    /// <summary>Its words.</summary>
    public readonly int Length => (int)(_packed & MaxLength);

    /// <summary>Whether it is of an item made of others.</summary>
    public readonly bool IsDistilled => (_packed & DistilledBit) != 0;

    /// <summary>What its text names and asks.</summary>
    public readonly ItemTraits Traits => new PackedTraits((ushort)(_packed >> (LengthBits + 1))).Unpack();
}
