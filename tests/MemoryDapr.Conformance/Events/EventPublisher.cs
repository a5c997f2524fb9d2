using System.Net.Http.Headers;
using System.Text.Json;

namespace MemoryDapr.Conformance.Events;

/// <summary>Publishes through a sidecar.</summary>
internal sealed class EventPublisher(Uri sidecar)
{
    private static readonly HttpClient Http = new();

    /// <summary>Publishes data; with an id the whole CloudEvent, as one that is delivered again has it.</summary>
    public async Task PublishAsync(string topic, object data, string? id = null)
    {
        object envelope = new { specversion = "1.0", id, source = "conformance", type = topic, datacontenttype = "application/json", data };
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(id is null ? data : envelope, JsonSerializerOptions.Web));
        content.Headers.ContentType = new MediaTypeHeaderValue(id is null ? "application/json" : "application/cloudevents+json");
        using HttpResponseMessage response = await Http.PostAsync(new Uri(sidecar, $"v1.0/publish/memory-pubsub/{topic}"), content);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>What the sidecar answers to a publication.</summary>
    public async Task<int> TryPublishAsync(string topic)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await Http.PostAsync(new Uri(sidecar, $"v1.0/publish/memory-pubsub/{topic}"), content);
        return (int)response.StatusCode;
    }
}
