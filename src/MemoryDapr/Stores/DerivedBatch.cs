using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>What a pipeline made of what it read.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="PipelineId">The pipeline.</param>
/// <param name="Items">
/// The items. A version of 1 is a new one. A higher version replaces the version before it, and is refused if that is not what the
/// store has.
/// </param>
/// <param name="History">Why.</param>
/// <param name="Seen">The items that the decision took into account.</param>
/// <param name="Promoted">The episodes that are promoted by this.</param>
public sealed record DerivedBatch(
    Scope Scope,
    string PipelineId,
    IReadOnlyList<MemoryItem> Items,
    IReadOnlyList<HistoryEntry> History,
    IReadOnlyList<string> Seen,
    IReadOnlyList<string> Promoted)
{
    /// <summary>The items' embeddings, where there is an embedder.</summary>
    public IReadOnlyList<ItemVector> Vectors { get; init; } = [];

    /// <summary>The turns that are distilled once this is stored; null for a promotion.</summary>
    public DistilledMark? Distilled { get; init; }

    /// <summary>What the scope held when the decision began; null for unknown.</summary>
    public DerivedRevision? DecidedAt { get; init; }
}
