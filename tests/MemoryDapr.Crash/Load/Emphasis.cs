namespace MemoryDapr.Crash.Load;

/// <summary>What a load does more of than of the rest.</summary>
internal enum Emphasis
{
    /// <summary>Appends.</summary>
    Append,

    /// <summary>Citations of turns.</summary>
    Cite,

    /// <summary>Citations of episodes, until they are facts.</summary>
    Promote,

    /// <summary>Erasures.</summary>
    Erase,
}
