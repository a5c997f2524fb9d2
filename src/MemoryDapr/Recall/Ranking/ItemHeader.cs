using System.Globalization;
using MemoryDapr.Types;

namespace MemoryDapr.Recall.Ranking;

/// <summary>Words that belong to an item beside its text.</summary>
internal static class ItemHeader
{
    /// <summary>Date, speaker and title: "in May", "what did Anna say". Analysed with an item's first chunk; +5.6 points.</summary>
    public static string Of(MemoryItem item) =>
        $"{item.At.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} {item.Speaker} {item.Title}";
}
