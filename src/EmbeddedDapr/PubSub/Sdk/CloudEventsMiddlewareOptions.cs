#nullable disable
namespace Dapr;

/// <summary>How <c>UseCloudEvents</c> unwraps events.</summary>
public class CloudEventsMiddlewareOptions
{
    /// <summary>True: text data stays the JSON string that it was in the envelope, with its quotes. Default: false, the text itself.</summary>
    public bool SuppressJsonDecodingOfTextPayloads { get; set; }

    /// <summary>True: the envelope's other members become request headers, <c>Cloudevent.</c> and the lower-case name. Default: false.</summary>
    public bool ForwardCloudEventPropertiesAsHeaders { get; set; }

    /// <summary>The members that become headers; null for all. Goes before the excluded ones.</summary>
    public string[] IncludedCloudEventPropertiesAsHeaders { get; set; }

    /// <summary>The members that do not become headers; null for none.</summary>
    public string[] ExcludedCloudEventPropertiesFromHeaders { get; set; }
}
