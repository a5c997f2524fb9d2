using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Api;

/// <summary>A JSON answer that is written whole, with its length.</summary>
/// <param name="value">What is answered.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="write">Writes the value, where that is known better than the serializer does.</param>
internal sealed class JsonAnswer<T>(T value, int status = StatusCodes.Status200OK, Action<JsonText, T>? write = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var buffer = JsonBuffer.Rent();
        try
        {
            if (write is null)
            {
                JsonSerializer.Serialize(buffer.Writer, value, MemoryJson.Options);
                await buffer.Writer.FlushAsync(httpContext.RequestAborted);
            }
            else
            {
                write(buffer.Text, value);
            }

            ReadOnlyMemory<byte> body = buffer.Text.Written;
            HttpResponse response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = body.Length;
            response.Headers.XContentTypeOptions = "nosniff";

            // In one piece: the server's own buffers are of 4 KiB, and several take longer to fill and to send.
            await response.StartAsync(httpContext.RequestAborted);
            body.Span.CopyTo(response.BodyWriter.GetSpan(body.Length));
            response.BodyWriter.Advance(body.Length);
            await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
        }
        finally
        {
            buffer.Return();
        }
    }
}
