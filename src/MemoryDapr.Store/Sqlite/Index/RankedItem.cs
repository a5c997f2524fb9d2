using MemoryDapr.Stores;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>A winner, by its place in the file.</summary>
internal readonly record struct RankedItem(long RowId, double Score, IReadOnlyList<ScorePart> Parts);
