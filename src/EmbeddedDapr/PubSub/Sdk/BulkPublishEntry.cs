namespace Dapr.Client;

/// <summary>One event of a bulk publish, as a failed entry names it.</summary>
/// <typeparam name="TValue">What the event carries.</typeparam>
/// <param name="entryId">Unique in its bulk.</param>
/// <param name="eventData">What the event carries.</param>
/// <param name="contentType">How it is written.</param>
/// <param name="metadata">What steers its envelope.</param>
public class BulkPublishEntry<TValue>(
    string entryId, TValue? eventData, string contentType, IReadOnlyDictionary<string, string>? metadata = default)
{
    /// <summary>Unique in its bulk.</summary>
    public string EntryId { get; } = entryId;

    /// <summary>What the event carries.</summary>
    public TValue? EventData { get; } = eventData;

    /// <summary>How it is written.</summary>
    public string ContentType { get; } = contentType;

    /// <summary>What steers its envelope.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; } = metadata;
}

/// <summary>An event of a bulk that was not published.</summary>
/// <typeparam name="TValue">What the event carries.</typeparam>
/// <param name="entry">The event.</param>
/// <param name="errorMessage">Why not.</param>
public class BulkPublishResponseFailedEntry<TValue>(BulkPublishEntry<TValue> entry, string errorMessage)
{
    /// <summary>The event.</summary>
    public BulkPublishEntry<TValue> Entry { get; } = entry;

    /// <summary>Why it was not published.</summary>
    public string ErrorMessage { get; } = errorMessage;
}

/// <summary>What became of a bulk publish: the events that are not in it were published.</summary>
/// <typeparam name="TValue">What the events carry.</typeparam>
/// <param name="failedEntries">The events that were not published.</param>
public class BulkPublishResponse<TValue>(List<BulkPublishResponseFailedEntry<TValue>> failedEntries)
{
    /// <summary>The events that were not published; empty when all were.</summary>
    public List<BulkPublishResponseFailedEntry<TValue>> FailedEntries { get; } = failedEntries;
}
