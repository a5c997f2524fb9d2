namespace MemoryDapr.Stores;

/// <summary>An item's embedding, and the text's version that it is of.</summary>
/// <param name="Vector">The embedding.</param>
/// <param name="Version">The item's version when it was read.</param>
public sealed record EmbeddedItem(ItemVector Vector, long Version);
