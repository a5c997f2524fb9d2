using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Exported lines of one scope, at most 1 MiB.</summary>
/// <param name="Scope">The scope they are stored in.</param>
/// <param name="Sessions">Session records.</param>
/// <param name="Items">Items, with ids of this scope.</param>
/// <param name="At">When, UTC.</param>
public sealed record ImportBatch(Scope Scope, IReadOnlyList<SessionRecord> Sessions, IReadOnlyList<MemoryItem> Items, DateTimeOffset At);
