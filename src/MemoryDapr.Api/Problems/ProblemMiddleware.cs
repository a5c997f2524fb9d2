using MemoryDapr.Api.Worker;

namespace MemoryDapr.Api.Problems;

/// <summary>Turns every failure below it, and every bare error status, into a problem document.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    // What nginx and others log for a client that went away; nobody reads it.
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        Problem? problem;
        try
        {
            await next(context);
            problem = ForBareStatus(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
            return;
        }
#pragma warning disable CA1031 // Whatever happened, the client gets a problem document and the operator a log line.
        catch (Exception exception) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            problem = ForException(exception);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
            {
                LogFailure(exception, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "(none)", problem.Status);
            }

            // Headers that were set for the answer that failed would be wrong for this one; those of every answer stay.
            context.Response.Headers.Remove("ETag");
            context.Response.Headers.Remove("Location");
        }

        if (problem is not null)
        {
            await problem.ExecuteAsync(context);
        }
    }

    private static Problem? ForBareStatus(HttpContext context)
    {
        HttpResponse response = context.Response;
        bool isBare = !response.HasStarted && response.ContentType is null && response.ContentLength is null or 0;
        return isBare && ProblemTypes.ForStatus(response.StatusCode) is { } type ? new Problem(type) : null;
    }

    private static Problem ForException(Exception exception) => exception switch
    {
        BadHttpRequestException bad => new Problem(ProblemTypes.ForStatus(bad.StatusCode) ?? ProblemTypes.MalformedBody),
        DependencyException dependency => new Problem(dependency.Problem, dependency.Detail),
        OperationCanceledException or TimeoutException => new Problem(ProblemTypes.Timeout),
        HttpRequestException => new Problem(ProblemTypes.DependencyUnavailable),
        _ => new Problem(ProblemTypes.Internal),
    };
}
