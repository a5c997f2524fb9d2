using MemoryDapr.Recall.Ranking;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Traits in two bytes: three marks, and the share of questions in steps of 1/255.</summary>
internal readonly record struct PackedTraits(ushort Bits)
{
    private const int TimeBit = 1 << 8;
    private const int NumberBit = 1 << 9;
    private const int NameBit = 1 << 10;

    public static PackedTraits Of(ItemTraits traits) => new((ushort)(
        (int)MathF.Round(traits.QuestionShare * byte.MaxValue)
            | (traits.NamesTime ? TimeBit : 0)
            | (traits.NamesNumber ? NumberBit : 0)
            | (traits.NamesName ? NameBit : 0)));

    public ItemTraits Unpack() =>
        new((Bits & byte.MaxValue) / (float)byte.MaxValue, (Bits & TimeBit) != 0, (Bits & NumberBit) != 0, (Bits & NameBit) != 0);
}
