namespace EmbeddedDapr.PubSub;

/// <summary>The names of the envelope's members, as the specification and daprd have them.</summary>
internal static class CloudEventNames
{
    public const string ContentType = "application/cloudevents+json";
    public const string DefaultType = "com.dapr.event.sent";
    public const string SpecVersionValue = "1.0";

    public const string Id = "id";
    public const string Source = "source";
    public const string Type = "type";
    public const string SpecVersion = "specversion";
    public const string DataContentType = "datacontenttype";
    public const string Topic = "topic";
    public const string PubsubName = "pubsubname";
    public const string TraceId = "traceid";
    public const string TraceParent = "traceparent";
    public const string TraceState = "tracestate";
    public const string Time = "time";
    public const string Expiration = "expiration";
    public const string Data = "data";
    public const string DataBase64 = "data_base64";
}
