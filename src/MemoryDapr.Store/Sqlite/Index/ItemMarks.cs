namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Yes-or-no properties of an indexed item.</summary>
[Flags]
internal enum ItemMarks : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Removed or replaced; its place is taken back when the scope is loaded again.</summary>
    Dead = 1,

    /// <summary>Said by the user.</summary>
    User = 2,

    /// <summary>Pinned.</summary>
    Pinned = 4,

    /// <summary>Names a time.</summary>
    NamesTime = 8,

    /// <summary>Names a number.</summary>
    NamesNumber = 16,

    /// <summary>Names a name.</summary>
    NamesName = 32,

    /// <summary>Has properties that few have: metadata or a validity.</summary>
    More = 64,
}
