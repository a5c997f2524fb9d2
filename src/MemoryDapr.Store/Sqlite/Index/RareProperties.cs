using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Properties that filters ask for and few items have.</summary>
internal sealed record RareProperties(
    IReadOnlyDictionary<string, MetadataValue>? Metadata,
    DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidTo)
{
    public static RareProperties None { get; } = new(null, null, null);

    public static RareProperties? Of(MemoryItem item) =>
        item.Metadata is { Count: > 0 } || item.ValidFrom is not null || item.ValidTo is not null
            ? new RareProperties(item.Metadata, item.ValidFrom, item.ValidTo)
            : null;
}
