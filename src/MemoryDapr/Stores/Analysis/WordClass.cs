namespace MemoryDapr.Stores.Analysis;

/// <summary>How a word becomes terms.</summary>
internal enum WordClass
{
    /// <summary>Letters of a script with spaces, and digits: one term.</summary>
    Spaced,

    /// <summary>A run of a script whose words are not told apart by spaces, or carry particles: overlapping pairs of characters.</summary>
    Dense,

    /// <summary>A pictograph: one term.</summary>
    Symbol,
}
