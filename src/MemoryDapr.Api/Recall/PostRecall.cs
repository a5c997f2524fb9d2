using MemoryDapr.Types;

namespace MemoryDapr.Api.Recall;

/// <summary>A question to the memory.</summary>
internal sealed record PostRecall
{
    public string? Query { get; init; }

    public string? User { get; init; }

    public string? SessionId { get; init; }

    public IReadOnlyList<string>? SessionIds { get; init; }

    public int? K { get; init; }

    public IReadOnlyList<MemoryKind>? Kinds { get; init; }

    public IReadOnlyList<MemoryTier>? Tiers { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    public IReadOnlyDictionary<string, MetadataValue>? Metadata { get; init; }

    public int? MaxTokens { get; init; }

    public bool? Explain { get; init; }
}
