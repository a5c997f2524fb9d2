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
        int frame = CountFrame(items.Count);
        int room = (maxTokens * BytesPerToken) - frame;
        List<ContextLine> chosen = new(items.Count);
        int bytes = 0;
        foreach (RecalledItem item in items)
        {
            ContextLine line = new(item);
            int length = line.CountBytes();
            if (length <= room - bytes)
            {
                bytes += length;
                chosen.Add(line);
            }
        }

        if (chosen.Count == 0)
        {
            return PackedContext.Empty;
        }

        chosen.Sort(InReadingOrder);
        frame = chosen.Count == items.Count ? frame : CountFrame(chosen.Count);
        return new PackedContext(chosen, TokenCount.OfBytes(frame + bytes));
    }

    private static int CountFrame(int items) => MemoryBlock.Opening(items).Length + 1 + MemoryBlock.Closing.Length;

    // What is known, then what happened as it happened, then the conversation that is going on.
    private static int InReadingOrder(ContextLine left, ContextLine right)
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
