using System.Globalization;
using System.Text;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>
/// An item as it stands in a context: its mark, its date, who said it, then the text and a line feed. It is measured first and written
/// once, where it belongs.
/// </summary>
internal readonly struct ContextLine(RecalledItem item)
{
    private const string BeforeWho = ", ";
    private const string BeforeText = ": ";
    private const string ShortDate = "d MMM yyyy";

    // A mark is its item's id between these two.
    private static readonly string BeforeId = MemoryBlock.Mark("")[..^1];
    private static readonly string BeforeDate = $"{MemoryBlock.Mark("")[^1]} ";

    // ASCII, and in every line.
    private static readonly int Frame = $"{BeforeId}{BeforeDate}{ShortDate}{BeforeText}\n".Length;
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames;

    private readonly string? _who = (item.Speaker ?? item.Title ?? NameOf(item.Role)) is { } who ? MemoryBlock.Defuse(who) : null;
    private readonly string _text = MemoryBlock.Defuse(item.Text);

    public RecalledItem Item { get; } = item;

    /// <summary>Its UTF-16 code units.</summary>
    public int Length => CountAscii() + Item.Id.Length + (_who?.Length ?? 0) + _text.Length;

    /// <summary>Its bytes in UTF-8.</summary>
    public int CountBytes() =>
        CountAscii() + Encoding.UTF8.GetByteCount(Item.Id) + Encoding.UTF8.GetByteCount(_who ?? "") + Encoding.UTF8.GetByteCount(_text);

    /// <summary>Writes it to where it belongs, which has room for it.</summary>
    public void CopyTo(Span<char> place)
    {
        // A format for the date takes longer than all the rest.
        (int year, int month, int day) = DateOnly.FromDateTime(Item.At.DateTime);
        place.TryWrite(
            CultureInfo.InvariantCulture,
            $"{BeforeId}{Item.Id}{BeforeDate}{day} {Months[month - 1]} {year:D4}{(_who is null ? "" : BeforeWho)}{_who}{BeforeText}{_text}\n",
            out _);
    }

    private int CountAscii() => Frame + (Item.At.Day < 10 ? 0 : 1) + (_who is null ? 0 : BeforeWho.Length);

    private static string? NameOf(TurnRole? role) => role switch
    {
        null => null,
        TurnRole.User => "User",
        TurnRole.Assistant => "Assistant",
        TurnRole.System => "System",
        _ => "Tool",
    };
}
