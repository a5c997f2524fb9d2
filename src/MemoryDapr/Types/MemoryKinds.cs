namespace MemoryDapr.Types;

/// <summary>What follows from a kind.</summary>
internal static class MemoryKinds
{
    /// <summary>The tier that stored items of the kind belong to.</summary>
    public static MemoryTier Tier(this MemoryKind kind) =>
        kind is MemoryKind.Turn or MemoryKind.Episode ? MemoryTier.Episodic : MemoryTier.Semantic;

    /// <summary>Whether items of the kind are made of others.</summary>
    public static bool IsDistilled(this MemoryKind kind) => kind is MemoryKind.Episode or MemoryKind.Fact;
}
