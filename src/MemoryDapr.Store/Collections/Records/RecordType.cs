namespace MemoryDapr.Store.Collections.Records;

/// <summary>What is kept as records.</summary>
internal static class RecordType
{
    /// <summary>A scope that has anything, with what its searches need to know of it as a whole.</summary>
    public const string Scope = "scope";

    /// <summary>A batch that is being written.</summary>
    public const string Journal = "journal";

    /// <summary>A session, or that it belongs to a scope.</summary>
    public const string Session = "session";

    /// <summary>A pipeline.</summary>
    public const string Pipeline = "pipeline";

    /// <summary>An erasure.</summary>
    public const string Erasure = "erasure";

    /// <summary>An erased turn.</summary>
    public const string Tombstone = "tombstone";

    /// <summary>A citation that was counted.</summary>
    public const string Citation = "citation";
}
