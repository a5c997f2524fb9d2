using System.Globalization;
using System.Text;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>
/// Packs whole items into a budget: the best first for as long as there is room, then put in reading order, each with its citation
/// mark, its date and who said it.
/// </summary>
internal static class ContextPacker
{
    private const int BytesPerToken = 3;

    public static PackedContext Pack(IReadOnlyList<RecalledItem> items, int maxTokens)
    {
        // Counted with as many items as there could be: what it says in the end is never longer.
        int room = (maxTokens * BytesPerToken) - Length(MemoryBlock.Opening(items.Count)) - Encoding.UTF8.GetByteCount(MemoryBlock.Closing);
        List<(RecalledItem Item, string Entry)> chosen = [];
        foreach (RecalledItem item in items)
        {
            string entry = MemoryBlock.Entry(item.Id, Describe(item));
            int length = Length(entry);
            if (length <= room)
            {
                room -= length;
                chosen.Add((item, entry));
            }
        }

        if (chosen.Count == 0)
        {
            return new PackedContext("", 0);
        }

        chosen.Sort(InReadingOrder);
        StringBuilder text = new();
        text.Append(MemoryBlock.Opening(chosen.Count)).Append('\n');
        foreach ((_, string entry) in chosen)
        {
            text.Append(entry).Append('\n');
        }

        string context = text.Append(MemoryBlock.Closing).ToString();
        return new PackedContext(context, TokenCount.Of(context));
    }

    private static int Length(string line) => Encoding.UTF8.GetByteCount(line) + 1;

    private static string Describe(RecalledItem item)
    {
        string date = item.At.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        string? who = item.Speaker ?? item.Title ?? item.Role switch
        {
            null => null,
            TurnRole.User => "User",
            TurnRole.Assistant => "Assistant",
            TurnRole.System => "System",
            _ => "Tool",
        };
        return who is null ? $"{date}: {item.Text}" : $"{date}, {who}: {item.Text}";
    }

    // What is known, then what happened as it happened, then the conversation that is going on.
    private static int InReadingOrder((RecalledItem Item, string Entry) left, (RecalledItem Item, string Entry) right)
    {
        int order = Part(left.Item).CompareTo(Part(right.Item));
        order = order != 0 ? order : left.Item.At.CompareTo(right.Item.At);
        order = order != 0 ? order : string.CompareOrdinal(left.Item.SessionId, right.Item.SessionId);
        order = order != 0 ? order : left.Item.Ordinal.CompareTo(right.Item.Ordinal);
        return order != 0 ? order : string.CompareOrdinal(left.Item.Id, right.Item.Id);
    }

    private static int Part(RecalledItem item) => item.Tier switch
    {
        MemoryTier.Semantic => 0,
        MemoryTier.Episodic => 1,
        _ => 2,
    };
}
