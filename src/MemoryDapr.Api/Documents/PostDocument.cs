using MemoryDapr.Types;

namespace MemoryDapr.Api.Documents;

/// <summary>A document as a client posts it.</summary>
internal sealed record PostDocument
{
    public string? Id { get; init; }

    public string? Title { get; init; }

    public string? Text { get; init; }

    public DateTimeOffset? At { get; init; }

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidTo { get; init; }

    public IReadOnlyDictionary<string, MetadataValue>? Metadata { get; init; }
}
