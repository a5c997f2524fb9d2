namespace MemoryDapr.Types;

/// <summary>What follows from a kind.</summary>
internal static class MemoryKinds
{
    /// <summary>The tier that stored items of the kind belong to.</summary>
    public static MemoryTier Tier(this MemoryKind kind) =>
        kind is MemoryKind.Turn or MemoryKind.Episode ? MemoryTier.Episodic : MemoryTier.Semantic;
}
