using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Documents of one scope, at most 100.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Documents">The documents.</param>
/// <param name="At">When they arrived, UTC.</param>
public sealed record DocumentBatch(Scope Scope, IReadOnlyList<NewDocument> Documents, DateTimeOffset At);
