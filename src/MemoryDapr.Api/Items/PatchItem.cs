using MemoryDapr.Types;

namespace MemoryDapr.Api.Items;

/// <summary>A change to one item by hand; what is absent stays.</summary>
internal sealed record PatchItem
{
    public string? Text { get; init; }

    public bool? Pinned { get; init; }

    public DateTimeOffset? ValidTo { get; init; }

    public IReadOnlyDictionary<string, MetadataValue>? Metadata { get; init; }
}
