using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Embeddings of items that are stored already.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Items">The embedded items.</param>
public sealed record VectorBatch(Scope Scope, IReadOnlyList<EmbeddedItem> Items);
