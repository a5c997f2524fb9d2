using System.Buffers;
using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Exchange;

/// <summary>Lines of JSON as an answer.</summary>
internal sealed class LinesAnswer(IReadOnlyList<ExchangeLine> lines) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArrayBufferWriter<byte> body = new();
        foreach (ExchangeLine line in lines)
        {
            body.Write(JsonSerializer.SerializeToUtf8Bytes(line, MemoryJson.Options));
            body.Write("\n"u8);
        }

        httpContext.Response.ContentType = ExchangeEndpoints.MediaType;
        httpContext.Response.ContentLength = body.WrittenCount;
        return httpContext.Response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted).AsTask();
    }
}
