namespace MemoryDapr.Store.Collections;

/// <summary>How a property is compared. Texts compare by their bytes.</summary>
internal enum Comparison
{
    /// <summary>The same; for a text of several words: it has this word.</summary>
    Equal,

    /// <summary>Another, or none.</summary>
    NotEqual,

    /// <summary>Later in order.</summary>
    Greater,

    /// <summary>The same or later.</summary>
    GreaterOrEqual,

    /// <summary>Earlier in order.</summary>
    Less,

    /// <summary>The same or earlier.</summary>
    LessOrEqual,
}
