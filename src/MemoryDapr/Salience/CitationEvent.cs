using MemoryDapr.Stores;

namespace MemoryDapr.Salience;

/// <summary>The data of <c>memory.citations.v1</c>.</summary>
/// <param name="Tenant">The tenant; publishers are trusted with it, by the scopes of the pub/sub component.</param>
/// <param name="Citations">1–100 citations.</param>
public sealed record CitationEvent(string Tenant, IReadOnlyList<Citation> Citations);
