using System.Collections.ObjectModel;
using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>What an item must be to be a candidate; all conditions hold together.</summary>
public sealed record SearchFilter
{
    /// <summary>One of these kinds; empty for all.</summary>
    public IReadOnlyList<MemoryKind> Kinds { get; init; } = [];

    /// <summary>Of one of these sessions; empty for all.</summary>
    public IReadOnlyList<string> SessionIds { get; init; } = [];

    /// <summary>At or after, UTC.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before, UTC.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Known and valid at this moment, UTC: said by then, and not ended by then.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Having these properties with these values.</summary>
    public IReadOnlyDictionary<string, MetadataValue> Metadata { get; init; } = ReadOnlyDictionary<string, MetadataValue>.Empty;
}
