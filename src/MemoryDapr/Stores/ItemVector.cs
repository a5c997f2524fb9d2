namespace MemoryDapr.Stores;

/// <summary>An item's embedding.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Values">The embedding; all of one store have one length.</param>
public sealed record ItemVector(string ItemId, IReadOnlyList<float> Values);
