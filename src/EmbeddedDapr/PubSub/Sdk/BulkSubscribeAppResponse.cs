namespace Dapr.AspNetCore;

/// <summary>What the app answers for one entry of a bulk.</summary>
public enum BulkSubscribeAppResponseStatus
{
    /// <summary>Done with.</summary>
    SUCCESS,

    /// <summary>To come again, alone.</summary>
    RETRY,

    /// <summary>Never again: to the dead letter topic, if there is one.</summary>
    DROP,
}

/// <summary>An app's answer for one entry of a bulk.</summary>
/// <param name="entryId">The entry.</param>
/// <param name="status">What to do with it.</param>
public class BulkSubscribeAppResponseEntry(string entryId, BulkSubscribeAppResponseStatus status)
{
    /// <summary>The entry.</summary>
    public string EntryId { get; } = entryId;

    /// <summary>The status, as a word.</summary>
    public string Status { get; } = status.ToString();
}

/// <summary>An app's answer to a bulk. An entry that it does not name comes again.</summary>
/// <param name="statuses">One for each entry.</param>
public class BulkSubscribeAppResponse(List<BulkSubscribeAppResponseEntry> statuses)
{
    /// <summary>One for each entry.</summary>
    public List<BulkSubscribeAppResponseEntry> Statuses { get; } = statuses;
}
