using System.Globalization;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>An item id without its scope's part, in 16 bytes instead of a string of 47 characters. Ordered as the ids are.</summary>
internal readonly record struct ItemKey(char Kind, uint High, ulong Low) : IComparable<ItemKey>
{
    /// <summary>The key of a well-formed id of this scope.</summary>
    /// <exception cref="ArgumentException">It is none, or of another scope.</exception>
    public static ItemKey Of(string id, string scopeKey)
    {
        if (!ItemId.IsWellFormed(id) || ItemId.ScopeKey(id) != scopeKey)
        {
            throw new ArgumentException("Not an item id of this scope.", nameof(id));
        }

        return Of(id[0], id.AsSpan(id.Length - ItemId.HashDigits));
    }

    /// <summary>The key of a turn, which is the same in every scope.</summary>
    public static ItemKey OfTurn(string sessionId, string turnId) => Of('t', ItemId.HashOfTurn(sessionId, turnId));

    private static ItemKey Of(char kind, ReadOnlySpan<char> digits) =>
        new(
            kind,
            uint.Parse(digits[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            ulong.Parse(digits[8..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    public int CompareTo(ItemKey other)
    {
        int kind = Kind.CompareTo(other.Kind);
        int high = kind != 0 ? kind : High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }
}
