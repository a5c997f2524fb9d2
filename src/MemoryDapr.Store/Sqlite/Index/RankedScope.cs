namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>What ranking a scope for a plan gave.</summary>
internal sealed record RankedScope(IReadOnlyList<RankedItem> Items, bool SubjectMismatch, int Candidates)
{
    public static RankedScope Empty { get; } = new([], false, 0);
}
