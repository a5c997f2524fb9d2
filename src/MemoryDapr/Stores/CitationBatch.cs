using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Citations of one scope, at most 1,000.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Citations">The citations.</param>
public sealed record CitationBatch(Scope Scope, IReadOnlyList<Citation> Citations);
