using System.Globalization;
using System.Text;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>
/// An item as it stands in a context: its mark, its date, who said it, then the text and a line feed. In two parts, since the text is
/// nearly always the item's own.
/// </summary>
internal readonly struct ContextLine(RecalledItem item)
{
    private readonly string _head = DescribeHead(item);
    private readonly string _text = MemoryBlock.Defuse(item.Text);

    public RecalledItem Item { get; } = item;

    /// <summary>Its UTF-16 code units.</summary>
    public int Length => _head.Length + _text.Length + 1;

    /// <summary>Its bytes in UTF-8.</summary>
    public int CountBytes() => Encoding.UTF8.GetByteCount(_head) + Encoding.UTF8.GetByteCount(_text) + 1;

    public void CopyTo(Span<char> place)
    {
        _head.CopyTo(place);
        _text.CopyTo(place[_head.Length..]);
        place[Length - 1] = '\n';
    }

    private static string DescribeHead(RecalledItem item)
    {
        string? who = item.Speaker ?? item.Title ?? NameOf(item.Role);
        return who is null
            ? string.Create(CultureInfo.InvariantCulture, $"{MemoryBlock.Mark(item.Id)} {item.At:d MMM yyyy}: ")
            : string.Create(CultureInfo.InvariantCulture, $"{MemoryBlock.Mark(item.Id)} {item.At:d MMM yyyy}, {MemoryBlock.Defuse(who)}: ");
    }

    private static string? NameOf(TurnRole? role) => role switch
    {
        null => null,
        TurnRole.User => "User",
        TurnRole.Assistant => "Assistant",
        TurnRole.System => "System",
        _ => "Tool",
    };
}
