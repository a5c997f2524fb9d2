using System.Collections.Concurrent;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Conformance.Events;

/// <summary>The app of a sidecar, subscribed to everything that the service tells.</summary>
internal sealed class EventListener : IAsyncDisposable
{
    private static readonly string[] Topics =
        ["memory.episode.created.v1", "memory.fact.promoted.v1", "memory.session.expired.v1", "memory.erased.v1"];

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedEvent> _received = new();

    private EventListener(WebApplication app) => _app = app;

    /// <summary>All events so far, in the order in which they came.</summary>
    public IReadOnlyList<ReceivedEvent> Received => [.. _received];

    /// <summary>Listens where the sidecar expects its app.</summary>
    public static async Task<EventListener> StartAsync(Uri url)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url.GetLeftPart(UriPartial.Authority));
        WebApplication app = builder.Build();
        var listener = new EventListener(app);
        app.MapGet("/healthz", () => Results.Ok());
        app.MapGet("/dapr/config", () => Results.Json(new { }));
        app.MapGet("/dapr/subscribe", () => Results.Json(Topics.Select(topic => new { pubsubname = "memory-pubsub", topic, route = "/conformance/" + topic })));
        app.MapPost("/conformance/{topic}", (Delegate)listener.TakeAsync);
        await app.StartAsync();
        return listener;
    }

    /// <summary>The event of this topic and these data, as soon as it has come.</summary>
    public async Task<ReceivedEvent> HearAsync(string topic, Func<JsonElement, bool> isIt, TimeSpan? deadline = null) =>
        (await Eventually.SeeAsync(
            $"An event {topic}",
            () => Task.FromResult(Received.FirstOrDefault(one => one.Type == topic && isIt(one.Data))),
            heard => heard is not null,
            deadline))!;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        using JsonDocument document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        JsonElement envelope = document.RootElement.Clone();
        _received.Enqueue(new ReceivedEvent(
            envelope.Text("id"), envelope.Text("type"), envelope.Text("specversion"), envelope.Text("source"), envelope.Get("data")));
        return Results.Json(new { status = "SUCCESS" });
    }
}
