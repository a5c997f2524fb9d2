#nullable disable
namespace Dapr.AspNetCore;

/// <summary>The body of a bulk delivery.</summary>
/// <typeparam name="TValue">The entries' event: <see cref="BulkMessageModel{TValue}"/> for CloudEvents.</typeparam>
public class BulkSubscribeMessage<TValue>
{
    /// <summary>An empty bulk, for deserialization.</summary>
    public BulkSubscribeMessage()
    {
    }

    /// <summary>A bulk of entries of one topic.</summary>
    public BulkSubscribeMessage(List<BulkSubscribeMessageEntry<TValue>> entries, string topic, Dictionary<string, string> metadata)
    {
        Entries = entries;
        Topic = topic;
        Metadata = metadata;
    }

    /// <summary>The events, each to be answered for.</summary>
    public List<BulkSubscribeMessageEntry<TValue>> Entries { get; set; }

    /// <summary>The topic that was subscribed to.</summary>
    public string Topic { get; set; }

    /// <summary>What the broker says of the bulk.</summary>
    public Dictionary<string, string> Metadata { get; set; }
}

/// <summary>One event of a bulk delivery.</summary>
/// <typeparam name="TValue">The event: <see cref="BulkMessageModel{TValue}"/> for CloudEvents.</typeparam>
public class BulkSubscribeMessageEntry<TValue>
{
    /// <summary>An empty entry, for deserialization.</summary>
    public BulkSubscribeMessageEntry()
    {
    }

    /// <summary>An entry that carries an event.</summary>
    public BulkSubscribeMessageEntry(string entryId, string contentType, Dictionary<string, string> metadata, TValue eventData)
    {
        EntryId = entryId;
        ContentType = contentType;
        Metadata = metadata;
        Event = eventData;
    }

    /// <summary>What the answer names the entry by; unique in its bulk.</summary>
    public string EntryId { get; set; }

    /// <summary>How the event is written.</summary>
    public string ContentType { get; set; }

    /// <summary>What the broker says of the entry.</summary>
    public Dictionary<string, string> Metadata { get; set; }

    /// <summary>The event.</summary>
    public TValue Event { get; set; }
}

/// <summary>A CloudEvent within a bulk.</summary>
/// <typeparam name="TValue">What the event carries.</typeparam>
public class BulkMessageModel<TValue>
{
    /// <summary>An empty event, for deserialization.</summary>
    public BulkMessageModel()
    {
    }

    /// <summary>An event with all its attributes.</summary>
    public BulkMessageModel(string id, string source, string type, string specversion, string datacontenttype, TValue data)
    {
        Id = id;
        Source = source;
        Type = type;
        Specversion = specversion;
        Datacontenttype = datacontenttype;
        Data = data;
    }

    /// <summary>The event's id.</summary>
    public string Id { get; set; }

    /// <summary>Who sent it.</summary>
    public string Source { get; set; }

    /// <summary>What kind of event it is.</summary>
    public string Type { get; set; }

    /// <summary>The version of CloudEvents.</summary>
    public string Specversion { get; set; }

    /// <summary>How the data is written.</summary>
    public string Datacontenttype { get; set; }

    /// <summary>What the event carries.</summary>
    public TValue Data { get; set; }
}
