namespace MemoryDapr.Stores;

/// <summary>How far a scope's writer had come with what pipelines make. Comparable within one life of the writer's actor.</summary>
/// <param name="Life">The actor's life: after a restart or a move it has another.</param>
/// <param name="Number">How many items it had stored.</param>
public sealed record DerivedRevision(string Life, long Number);
