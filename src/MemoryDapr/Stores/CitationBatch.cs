using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Citations of one scope, at most 1,000.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Citations">The citations.</param>
/// <param name="RipeFrom">The salience from which an episode is ripe for promotion, 0..1.</param>
public sealed record CitationBatch(Scope Scope, IReadOnlyList<Citation> Citations, double RipeFrom);
