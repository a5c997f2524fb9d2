using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Which pipelines to list.</summary>
/// <param name="Tenant">The tenant; null for all.</param>
/// <param name="Statuses">Only these; empty for all.</param>
/// <param name="UpdatedBefore">Only those that have not changed since; null for all.</param>
/// <param name="Cursor">Where to go on; null for the beginning.</param>
/// <param name="Limit">How many at most, 1–1,000.</param>
public sealed record PipelineQuery(
    string? Tenant,
    IReadOnlyList<PipelineStatus> Statuses,
    DateTimeOffset? UpdatedBefore,
    string? Cursor,
    int Limit)
{
    /// <summary>Only those of this session; null for all.</summary>
    public string? SessionId { get; init; }
}
