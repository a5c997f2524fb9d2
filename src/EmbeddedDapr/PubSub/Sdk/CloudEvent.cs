#nullable disable
using System.Text.Json.Serialization;

namespace Dapr;

/// <summary>A CloudEvent that the publisher writes itself, without data. Publishing it sends it as the envelope.</summary>
public class CloudEvent
{
    /// <summary>The context in which the event happened. Default: the app id.</summary>
    [JsonPropertyName("source")]
    public Uri Source { get; init; }

    /// <summary>The kind of event. Default: <c>com.dapr.event.sent</c>.</summary>
    [JsonPropertyName("type")]
    public string Type { get; init; }

    /// <summary>What the event is about, within its source. Default: none.</summary>
    [JsonPropertyName("subject")]
    public string Subject { get; init; }
}

/// <summary>A CloudEvent that the publisher writes itself.</summary>
/// <typeparam name="TData">What the event carries; written as JSON.</typeparam>
public class CloudEvent<TData> : CloudEvent
{
    /// <summary>An event that carries <paramref name="data"/>.</summary>
    public CloudEvent(TData data) => Data = data;

    /// <summary>What the event carries.</summary>
    public TData Data { get; }

    /// <summary>Always <c>application/json</c>.</summary>
    [JsonPropertyName("datacontenttype")]
    public string DataContentType { get; } = "application/json";
}
