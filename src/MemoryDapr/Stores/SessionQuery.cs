namespace MemoryDapr.Stores;

/// <summary>Which sessions of a tenant to list.</summary>
/// <param name="Tenant">The tenant; null for all, which only periodic work asks for.</param>
/// <param name="User">Only this user's; null for all.</param>
/// <param name="OnlyBehind">Only those that are not distilled to their end.</param>
/// <param name="Cursor">Where to go on; null for the beginning.</param>
/// <param name="Limit">How many at most, 1–1,000.</param>
public sealed record SessionQuery(string? Tenant, string? User, bool OnlyBehind, string? Cursor, int Limit);
