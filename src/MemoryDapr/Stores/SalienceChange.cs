using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>An item's new salience.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Salience">What it has now.</param>
public sealed record SalienceChange(string ItemId, SalienceLevel Salience);
