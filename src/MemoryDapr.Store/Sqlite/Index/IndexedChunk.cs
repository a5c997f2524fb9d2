using MemoryDapr.Recall.Ranking;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>A part of an item, linked to the parts before and after it in its session.</summary>
internal struct IndexedChunk(int item, MemoryKind kind, int length, PackedTraits traits)
{
    /// <summary>No chunk.</summary>
    public const int None = -1;

    private const int LengthBits = 15;
    private const int MaxLength = (1 << LengthBits) - 1;
    private const int KindBits = 2;
    private const uint KindMask = (1 << KindBits) - 1;
    private const int TraitsShift = LengthBits + KindBits;
    private const uint DeadBit = 1u << 31;

    public int Previous = None;
    public int Next = None;

    // All that ranking asks of a chunk without a look at its item.
    private uint _packed = (uint)Math.Min(length, MaxLength) | ((uint)kind << LengthBits) | ((uint)traits.Bits << TraitsShift);

    /// <summary>The slot of its item, also when that has gone.</summary>
    public int Item { get; } = item;

    /// <summary>Whether its item is removed or replaced.</summary>
    public readonly bool IsDead => (_packed & DeadBit) != 0;

    /// <summary>Its words.</summary>
    public readonly int Length => (int)(_packed & MaxLength);

    /// <summary>What its item is.</summary>
    public readonly MemoryKind Kind => (MemoryKind)((_packed >> LengthBits) & KindMask);

    /// <summary>What its text names and asks.</summary>
    public readonly ItemTraits Traits => new PackedTraits((ushort)((_packed & ~DeadBit) >> TraitsShift)).Unpack();

    /// <summary>Takes it out; its neighbours are linked to each other before.</summary>
    public void Kill() => (Previous, Next, _packed) = (None, None, _packed | DeadBit);
}
