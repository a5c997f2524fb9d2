using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MemoryDapr.TestKit;

/// <summary>What the scripted server answers.</summary>
public sealed class ScriptedReply
{
    private readonly Func<HttpContext, ScriptedCall, Task> _write;

    private ScriptedReply(Func<HttpContext, ScriptedCall, Task> write) => _write = write;

    /// <summary>A completion with this content, whatever it is.</summary>
    public static ScriptedReply Content(string content, string finishReason = "stop") =>
        new((http, call) => http.Response.WriteAsJsonAsync(Completion(content, finishReason, call), http.RequestAborted));

    /// <summary>A completion whose content is this object as JSON.</summary>
    public static ScriptedReply Json(object answer) => Content(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web));

    /// <summary>An error in the protocol's form.</summary>
    public static ScriptedReply Error(int status) => new((http, _) =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { error = new { message = "scripted", type = "scripted", code = "scripted" } }, http.RequestAborted);
    });

    /// <summary>A 200 with a body that is no completion.</summary>
    public static ScriptedReply Garbage(string body) => new((http, _) =>
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body, http.RequestAborted);
    });

    /// <summary>A 200 that breaks off in the middle.</summary>
    public static ScriptedReply Truncated() => new(async (http, _) =>
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = 1000;
        await http.Response.WriteAsync("{\"id\":\"x\",\"choices\":[", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        http.Abort();
    });

    /// <summary>No answer until the caller gives up.</summary>
    public static ScriptedReply Never() => new(async (http, _) =>
    {
        var gone = new TaskCompletionSource();
        await using (http.RequestAborted.Register(gone.SetResult))
        {
            await gone.Task;
        }
    });

    /// <summary>An answer that comes after something has happened.</summary>
    public static ScriptedReply After(Func<Task> first, ScriptedReply reply) => new(async (http, call) =>
    {
        await first();
        await reply.WriteAsync(http, call);
    });

    internal Task WriteAsync(HttpContext http, ScriptedCall call) => _write(http, call);

    private static object Completion(string content, string finishReason, ScriptedCall call) => new
    {
        id = $"chatcmpl-{call.Index}",
        @object = "chat.completion",
        created = 1,
        model = call.Model,
        choices = new[]
        {
            new { index = 0, message = new { role = "assistant", content, refusal = (string?)null }, finish_reason = finishReason },
        },
        usage = new { prompt_tokens = 11, completion_tokens = 7, total_tokens = 18 },
    };
}
