using MemoryDapr.Types;

namespace MemoryDapr.Stores.Embeddings;

/// <summary>Items of a scope to embed.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Items">Their ids, texts and versions.</param>
internal sealed record EmbeddingWork(Scope Scope, IReadOnlyList<(string Id, string Text, long Version)> Items);
