using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>A change by hand.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="ItemId">The item.</param>
/// <param name="ExpectedVersion">The version that the client saw (If-Match).</param>
/// <param name="Text">A corrected text (not of turns, which are immutable); null to leave it.</param>
/// <param name="Pinned">Whether it is pinned; null to leave it.</param>
/// <param name="ValidTo">From when it does not hold any more; null to leave it.</param>
/// <param name="Metadata">New properties, whole; null to leave them.</param>
/// <param name="At">When, UTC.</param>
public sealed record ItemEdit(
    Scope Scope,
    string ItemId,
    long ExpectedVersion,
    string? Text,
    bool? Pinned,
    DateTimeOffset? ValidTo,
    IReadOnlyDictionary<string, MetadataValue>? Metadata,
    DateTimeOffset At);
