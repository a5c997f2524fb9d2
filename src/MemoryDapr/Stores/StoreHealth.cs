namespace MemoryDapr.Stores;

/// <summary>What a store says of itself.</summary>
/// <param name="Engine">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Details">What an operator wants to know: counts and sizes.</param>
public sealed record StoreHealth(string Engine, string Version, IReadOnlyDictionary<string, double> Details);
