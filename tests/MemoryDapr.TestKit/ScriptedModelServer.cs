using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.TestKit;

/// <summary>
/// A model server on loopback that speaks the OpenAI protocol (chat completions with a JSON schema, embeddings) and answers as it is told.
/// </summary>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ScriptedCall> _calls = new();

    private ScriptedModelServer(WebApplication app) => _app = app;

    /// <summary>Answers chat calls. Default: <see cref="SensibleScript"/>.</summary>
    public Func<ScriptedCall, ScriptedReply> OnChat { get; set; } = new SensibleScript().Answer;

    /// <summary>Answers embedding calls with one vector a text. Default: 8 numbers made of the text's letters.</summary>
    public Func<string, IReadOnlyList<float>> OnEmbed { get; set; } = LetterVector;

    /// <summary>What embedding calls get instead of vectors, by their texts; null (the default) for vectors.</summary>
    public Func<IReadOnlyList<string>, ScriptedReply?> OnEmbedFault { get; set; } = _ => null;

    /// <summary>Where it listens, without a slash at the end.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>The calls so far, in order.</summary>
    public IReadOnlyList<ScriptedCall> Calls => [.. _calls];

    /// <summary>Starts a server.</summary>
    /// <param name="url">Where it listens, for other processes too, which script it by its control interface. Default: a free port.</param>
    public static async Task<ScriptedModelServer> StartAsync(Uri? url = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var server = new ScriptedModelServer(app);
        app.MapPost("/v1/chat/completions", server.ChatAsync);
        app.MapPost("/v1/embeddings", server.EmbedAsync);
        app.MapControl(server);
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task ChatAsync(HttpContext http)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        JsonElement root = body.RootElement;
        string[] messages = [.. root.GetProperty("messages").EnumerateArray().Select(ReadContent)];
        JsonElement format = root.GetProperty("response_format");
        var call = new ScriptedCall(
            format.GetProperty("json_schema").GetProperty("name").GetString()!,
            messages,
            root.GetProperty("model").GetString()!,
            format.Clone(),
            http.Request.Headers.Authorization.ToString(),
            _calls.Count);
        _calls.Enqueue(call);
        await OnChat(call).WriteAsync(http, call);
    }

    private async Task EmbedAsync(HttpContext http)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        JsonElement input = body.RootElement.GetProperty("input");
        string[] texts = input.ValueKind == JsonValueKind.Array ? [.. input.EnumerateArray().Select(text => text.GetString()!)] : [input.GetString()!];
        string model = body.RootElement.GetProperty("model").GetString()!;
        if (OnEmbedFault(texts) is { } fault)
        {
            await fault.WriteAsync(http, new ScriptedCall("embed", texts, model, default, http.Request.Headers.Authorization.ToString(), 0));
            return;
        }

        bool isBase64 = body.RootElement.TryGetProperty("encoding_format", out JsonElement encoding) && encoding.GetString() == "base64";
        await http.Response.WriteAsJsonAsync(
            new
            {
                @object = "list",
                model,
                data = texts.Select((text, index) => new { @object = "embedding", index, embedding = Encode(OnEmbed(text), isBase64) }),
                usage = new { prompt_tokens = texts.Length, total_tokens = texts.Length },
            },
            http.RequestAborted);
    }

    private static object Encode(IReadOnlyList<float> vector, bool isBase64) =>
        isBase64 ? Convert.ToBase64String([.. vector.SelectMany(BitConverter.GetBytes)]) : vector;

    private static string ReadContent(JsonElement message)
    {
        JsonElement content = message.GetProperty("content");
        return content.ValueKind == JsonValueKind.Array
            ? string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()))
            : content.GetString() ?? "";
    }

    private static float[] LetterVector(string text)
    {
        var vector = new float[8];
        foreach (char character in text)
        {
            vector[character % 8]++;
        }

        return vector;
    }
}
