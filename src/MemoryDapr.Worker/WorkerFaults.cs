using Dapr.Actors;
using Grpc.Core;

namespace MemoryDapr.Worker;

/// <summary>
/// What a caller's policies see of a failure: a fault of the request, which no repetition heals, or one of this app or of what it needs,
/// which it may.
/// </summary>
internal static class WorkerFaults
{
    private static readonly string Timeout = typeof(TimeoutException).FullName!;
    private static readonly string Unreachable = typeof(HttpRequestException).FullName!;

    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException request => request.StatusCode,
        // The second is how an HTTP client tells that its own time is up, that of calls to actors among them.
        TimeoutException or OperationCanceledException { InnerException: TimeoutException } => StatusCodes.Status504GatewayTimeout,
        // The sidecar's own interfaces for workflows and events.
        RpcException { StatusCode: StatusCode.DeadlineExceeded } => StatusCodes.Status504GatewayTimeout,
        RpcException { StatusCode: StatusCode.Unavailable } => StatusCodes.Status503ServiceUnavailable,
        HttpRequestException or OperationCanceledException => StatusCodes.Status503ServiceUnavailable,
        // The scope's writer lives in an actor, and of what an actor throws only the name and the message cross.
        ActorMethodInvocationException { InnerException: ActorInvokeException actor } => StatusOf(actor.ActualExceptionType),
        _ => StatusCodes.Status500InternalServerError,
    };

    private static int StatusOf(string? thrown) =>
        thrown == Timeout ? StatusCodes.Status504GatewayTimeout
        : thrown == Unreachable ? StatusCodes.Status503ServiceUnavailable
        : StatusCodes.Status500InternalServerError;
}
