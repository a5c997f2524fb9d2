using MemoryDapr.Api.Problems;

namespace MemoryDapr.Api.Identity;

/// <summary>Finds out who asks. Below <c>/memory</c> nobody passes without a tenant; the operator passes where a route is open to it.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, ApiKeys keys)
{
    public const string Header = "X-API-Key";

    private static readonly Caller Anonymous = new(Caller.DefaultTenant);

    public Task InvokeAsync(HttpContext context)
    {
        Caller? caller = keys.Find(Shown(context.Request));
        bool isMemory = context.Request.Path.StartsWithSegments("/memory", StringComparison.OrdinalIgnoreCase);
        if (caller is null && !keys.HasKeys)
        {
            caller = Anonymous;
        }

        if (caller is null && isMemory)
        {
            return new Problem(ProblemTypes.Unauthenticated, $"Show a key in {Header}.").ExecuteAsync(context);
        }

        bool isClosed = isMemory && caller is { Tenant: null } && context.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<OpenToOperator>() is null;
        if (isClosed)
        {
            return new Problem(ProblemTypes.Forbidden, "The operator's key reads no memory.").ExecuteAsync(context);
        }

        context.Features.Set(caller);
        return next(context);
    }

    /// <summary>Whether the request shows the operator's key, where there is one.</summary>
    public static bool IsOperator(HttpContext context) => context.Features.Get<Caller>() is { Tenant: null };

    private static string? Shown(HttpRequest request) =>
        request.Headers[Header] is { Count: 1 } values ? values[0] : null;
}
