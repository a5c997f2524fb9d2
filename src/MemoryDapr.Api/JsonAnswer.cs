using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Api;

/// <summary>A JSON answer that is written whole, with its length.</summary>
internal sealed class JsonAnswer<T>(T value, int status = StatusCodes.Status200OK) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(value, MemoryJson.Options);
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
