using System.Diagnostics;
using MemoryDapr.Api.Requests;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Correlation;

/// <summary>Gives every request an id: the caller's if it is well formed. It is on the answer, in the log scope and on the span.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, IIdGenerator ids, ILogger<RequestIdMiddleware> logger)
{
    public const string Header = "X-Request-ID";

    public async Task InvokeAsync(HttpContext context)
    {
        string id = context.Request.Headers[Header] is { Count: 1 } values && TextForms.RequestId.Holds(values[0]!) ? values[0]! : ids.Next();
        context.TraceIdentifier = id;
        context.Response.Headers[Header] = id;
        Activity.Current?.SetTag("memory.request_id", id);
        using (logger.BeginScope(new KeyValuePair<string, object>[] { new("RequestId", id) }))
        {
            await next(context);
        }
    }
}
