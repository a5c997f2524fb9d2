using MemoryDapr.Stores;

namespace MemoryDapr.Salience;

/// <summary>Citations to accept. They are durable when accepted, and count a moment later.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Citations">1–100 citations.</param>
public sealed record CitationRequest(string Tenant, IReadOnlyList<Citation> Citations);
