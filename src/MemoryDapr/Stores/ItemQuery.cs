using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Which items of a scope to list.</summary>
public sealed record ItemQuery
{
    /// <summary>The scope.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Only these kinds; empty for all.</summary>
    public IReadOnlyList<MemoryKind> Kinds { get; init; } = [];

    /// <summary>Only of this session; null for all.</summary>
    public string? SessionId { get; init; }

    /// <summary>Only episodes that are not promoted and whose stored salience is at least this; null for no such condition.</summary>
    public double? PromotableFrom { get; init; }

    /// <summary>Only items that have no embedding.</summary>
    public bool OnlyWithoutVector { get; init; }

    /// <summary>Where to go on; null for the beginning.</summary>
    public string? Cursor { get; init; }

    /// <summary>How many at most, 1–1,000.</summary>
    public int Limit { get; init; } = 100;
}
