namespace MemoryDapr.Stores.Writing;

/// <summary>What the one writer of a scope can do. Each of these is called only inside that writer's turn.</summary>
internal sealed record ScopeWriters(
    TurnIndexer Turns,
    VectorWriter Vectors,
    DerivedWriter Derived,
    PipelineRecorder Pipelines,
    CitationCounter Citations,
    ItemWriter Items,
    Eraser Erasures,
    Importer Imports);
