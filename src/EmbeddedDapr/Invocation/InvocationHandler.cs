namespace EmbeddedDapr.Invocation;

/// <summary>Sends a client's requests through the runtime: the URI's host names the target.</summary>
internal sealed class InvocationHandler(AppInvoker invoker, string caller, string? defaultTarget) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true, Scheme: "http" or "https" } uri)
        {
            throw new ArgumentException($"The request URI '{request.RequestUri}' is not a valid Dapr service invocation destination.", nameof(request));
        }

        // Uri lower-cases hosts: the default target keeps its own spelling.
        string target = string.Equals(uri.Host, defaultTarget, StringComparison.OrdinalIgnoreCase) ? defaultTarget! : uri.Host;
        return invoker.InvokeAsync(caller, target, request, cancellationToken);
    }
}
