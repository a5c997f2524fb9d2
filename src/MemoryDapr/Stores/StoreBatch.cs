using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Changes to one scope, applied in the order of the members. All lists may be empty.</summary>
public sealed record StoreBatch
{
    /// <summary>The scope that every part belongs to.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Turns that may never come back.</summary>
    public IReadOnlyList<TurnTombstone> Tombstones { get; init; } = [];

    /// <summary>Items that go, with their history.</summary>
    public IReadOnlyList<string> RemovedItems { get; init; } = [];

    /// <summary>Sessions whose record goes.</summary>
    public IReadOnlyList<string> RemovedSessions { get; init; } = [];

    /// <summary>Items that are new or replace the one with their id, whole.</summary>
    public IReadOnlyList<MemoryItem> Items { get; init; } = [];

    /// <summary>Embeddings of items, where there is an embedder.</summary>
    public IReadOnlyList<ItemVector> Vectors { get; init; } = [];

    /// <summary>New salience of items, without a new version of them; unknown ids are passed over.</summary>
    public IReadOnlyList<SalienceChange> Saliences { get; init; } = [];

    /// <summary>Steps to add to the histories of items. A step that is there already (same item, time and action) is not added again.</summary>
    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    /// <summary>Session records that are new or replace theirs.</summary>
    public IReadOnlyList<SessionRecord> Sessions { get; init; } = [];

    /// <summary>Pipelines that are new or replace theirs.</summary>
    public IReadOnlyList<PipelineRecord> Pipelines { get; init; } = [];

    /// <summary>Pipelines whose record goes: retention.</summary>
    public IReadOnlyList<string> RemovedPipelines { get; init; } = [];

    /// <summary>Erasures that are new or replace theirs.</summary>
    public IReadOnlyList<ErasureRecord> Erasures { get; init; } = [];

    /// <summary>Citations that were counted: (answer, item) pairs, kept 90 days, so that each counts once.</summary>
    public IReadOnlyList<CountedCitation> Citations { get; init; } = [];
}
