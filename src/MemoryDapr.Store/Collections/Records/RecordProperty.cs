namespace MemoryDapr.Store.Collections.Records;

/// <summary>The properties of a record, whatever it records: a few that filters name, and the record itself.</summary>
internal static class RecordProperty
{
    /// <summary>What it records, see <see cref="RecordType"/>.</summary>
    public const string Type = "type";

    /// <summary>Its tenant.</summary>
    public const string Tenant = "tenant";

    /// <summary>The key of its scope.</summary>
    public const string Owner = "owner";

    /// <summary>A name that it is looked for by: a session's user, a pipeline's session, a tombstone's session.</summary>
    public const string Name = "name";

    /// <summary>How far it is: a session behind or level, a pipeline's status, an erasure open or done; a tombstone's content.</summary>
    public const string State = "state";

    /// <summary>When it last changed, as a text.</summary>
    public const string Updated = "updated";

    /// <summary>When it came into being, in milliseconds.</summary>
    public const string Created = "created";

    /// <summary>Its place in lists, as a text.</summary>
    public const string Order = "order";

    /// <summary>The record, as JSON.</summary>
    public const string Data = "data";
}
