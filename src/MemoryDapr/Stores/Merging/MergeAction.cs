namespace MemoryDapr.Stores.Merging;

/// <summary>What becomes of something new beside what is known.</summary>
internal enum MergeAction
{
    /// <summary>It is new.</summary>
    Create,

    /// <summary>A known item tells the same: it takes over what is new in this one.</summary>
    Merge,

    /// <summary>It tells nothing that a known item does not tell.</summary>
    Drop,

    /// <summary>It contradicts a known fact: whichever is older held until the newer.</summary>
    Supersede,
}
