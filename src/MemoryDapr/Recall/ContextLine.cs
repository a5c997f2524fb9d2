using System.Globalization;
using System.Text;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>
/// An item as it stands in a context: its mark, its date, who said it, then the text and a line feed. It is measured first and written
/// once, into the answer.
/// </summary>
internal readonly struct ContextLine(RecalledItem item)
{
    private const string BeforeDate = MemoryBlock.MarkEnd + " ";
    private const string BeforeWho = ", ";
    private const string BeforeText = ": ";
    private const string ShortDate = "d MMM yyyy";

    // ASCII, and in every line.
    private static readonly int Frame = $"{MemoryBlock.MarkStart}{BeforeDate}{ShortDate}{BeforeText}\n".Length;
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames;

    private readonly string? _who = (item.Speaker ?? item.Title ?? NameOf(item.Role)) is { } who ? MemoryBlock.Defuse(who) : null;
    private readonly string _text = MemoryBlock.Defuse(item.Text);

    public RecalledItem Item { get; } = item;

    /// <summary>Its bytes in UTF-8.</summary>
    public int CountBytes() =>
        CountAscii() + Encoding.UTF8.GetByteCount(Item.Id) + Encoding.UTF8.GetByteCount(_who ?? "") + Encoding.UTF8.GetByteCount(_text);

    /// <summary>Writes it into a JSON string.</summary>
    public void WriteTo(JsonText json)
    {
        // A format for the date takes longer than all the rest.
        (int year, int month, int day) = DateOnly.FromDateTime(Item.At.DateTime);
        Span<char> date = stackalloc char[ShortDate.Length + 1];
        date.TryWrite(CultureInfo.InvariantCulture, $"{day} {Months[month - 1]} {year:D4}", out int written);
        json.Part(MemoryBlock.MarkStart);
        json.Part(Item.Id);
        json.Part(BeforeDate);
        json.Part(date[..written]);
        if (_who is not null)
        {
            json.Part(BeforeWho);
            json.Part(_who);
        }

        json.Part(BeforeText);
        json.Part(_text);
        json.Part("\n");
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
