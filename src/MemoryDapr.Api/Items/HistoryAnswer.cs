using MemoryDapr.Types;

namespace MemoryDapr.Api.Items;

/// <summary>How an item came to be, oldest step first.</summary>
internal sealed record HistoryAnswer(string Id, IReadOnlyList<HistoryEntry> Items, string? NextCursor);
