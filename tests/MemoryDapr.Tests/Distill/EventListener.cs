using System.Text.Json;
using System.Threading.Channels;
using EmbeddedDapr;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Tests.Distill;

/// <summary>Another service that is subscribed to what memory-worker publishes.</summary>
internal sealed class EventListener : IAsyncDisposable
{
    private const string AppId = "listener";
    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();
    private readonly WebApplication _app;

    private EventListener(WebApplication app) => _app = app;

    public static IReadOnlyList<string> Topics { get; } = [MemoryEvents.EpisodeCreated, MemoryEvents.FactPromoted];

    /// <summary>The resource by which the service is subscribed.</summary>
    public static string Subscription(string topic) =>
        $"apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata:\n  name: {topic}\nspec:\n  pubsubname: {MemoryEvents.PubSub}\n  topic: {topic}\n  routes:\n    default: /events\nscopes: [{AppId}]\n";

    public static async Task<EventListener> StartAsync(EmbeddedRuntime runtime)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.UseEmbeddedSidecar(runtime, AppId);
        WebApplication app = builder.Build();
        var listener = new EventListener(app);
        app.MapPost("/events", listener.HearAsync);
        await app.StartAsync();
        return listener;
    }

    /// <summary>The next CloudEvent.</summary>
    public async Task<JsonElement> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _events.Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> HearAsync(HttpRequest request)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        await _events.Writer.WriteAsync(body.RootElement.Clone(), request.HttpContext.RequestAborted);
        return Results.Ok();
    }
}
