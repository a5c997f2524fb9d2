using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Tests.Api;

/// <summary>Stands where memory-worker is: answers by route and keeps what it was asked.</summary>
internal sealed class RecordingWorker : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Func<JsonElement, (HttpStatusCode Status, string Body)>> _routes = new();

    public ConcurrentQueue<(string Route, JsonElement Body)> Calls { get; } = new();

    /// <summary>Answers a route with the value that is made of the request.</summary>
    public void On<TRequest, TResult>(string route, Func<TRequest, Outcome<TResult>> answer) =>
        _routes[route] = body => (
            HttpStatusCode.OK,
            JsonSerializer.Serialize(answer(body.Deserialize<TRequest>(MemoryJson.Options)!), MemoryJson.Options));

    /// <summary>Answers a route with bytes as a sidecar would.</summary>
    public void OnRaw(string route, HttpStatusCode status, string body) => _routes[route] = _ => (status, body);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string route = request.RequestUri!.AbsolutePath;
        byte[] bytes = request.Content is null ? "{}"u8.ToArray() : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        using JsonDocument json = JsonDocument.Parse(bytes);
        JsonElement body = json.RootElement.Clone();
        Calls.Enqueue((route, body));
        (HttpStatusCode status, string answer) = _routes.TryGetValue(route, out Func<JsonElement, (HttpStatusCode, string)>? make)
            ? make(body)
            : (HttpStatusCode.NotFound, "");
        return new HttpResponseMessage(status) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
    }
}
