using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using EmbeddedDapr.Invocation.Policies;
using EmbeddedDapr.Resources;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace EmbeddedDapr.Invocation;

/// <summary>
/// Service invocation as daprd does it: to an app of this process or to an HTTP endpoint, under the target's policies. What goes wrong
/// on the way is an answer, 500 <c>ERR_DIRECT_INVOKE</c>; the target's own answers pass unchanged.
/// </summary>
internal sealed class AppInvoker(AppRegistry apps, ResourceSet resources, PolicyRegistry policies, string? appApiToken) : IDisposable
{
    /// <summary>daprd's default <c>max-body-size</c>, for requests and for responses.</summary>
    public const long MaxBodyBytes = 4 * 1024 * 1024;

    private readonly HttpMessageInvoker _outside = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public async Task<HttpResponseMessage> InvokeAsync(
        string caller, string target, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using Activity? activity = TraceContext.Source.StartActivity("invoke " + target, ActivityKind.Client);
        try
        {
            InvocationRequest held = await InvocationRequest.HoldAsync(request, MaxBodyBytes, cancellationToken);
            HttpEndpoint? endpoint = resources.HttpEndpoints.FirstOrDefault(
                endpoint => endpoint.Name == target && ResourceSet.IsFor(endpoint.Scopes, caller));
            if (endpoint is null && !apps.Knows(target))
            {
                return Failure(target, "failed to resolve address: no such app or endpoint");
            }

            TargetPipelines pipelines =
                endpoint is null ? policies.ForApp(caller, target, held.Path) : policies.ForEndpoint(caller, target);
            PolicyPipeline pipeline = held.KnownLength ? pipelines.Repeatable : pipelines.Once;
            HttpResponseMessage? response = await pipeline.ExecuteAsync(
                token => endpoint is null ? CallAppAsync(caller, target, held, token) : CallEndpointAsync(endpoint, held, token), cancellationToken);
            response!.RequestMessage = request;
            return response;
        }
        catch (BrokenCircuitException)
        {
            return Failure(target, "circuit breaker is open");
        }
        catch (TimeoutRejectedException)
        {
            return Failure(target, "context deadline exceeded");
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return Failure(target, "stream too large");
        }
        catch (HttpRequestException exception)
        {
            return Failure(target, exception.Message);
        }
    }

    public void Dispose() => _outside.Dispose();

    private static HttpResponseMessage Failure(string target, string error) => new(HttpStatusCode.InternalServerError)
    {
        Content = JsonContent.Create(new { errorCode = "ERR_DIRECT_INVOKE", message = $"failed to invoke, id: {target}, err: {error}" }),
    };

    private async Task<HttpResponseMessage?> CallAppAsync(
        string caller, string target, InvocationRequest held, CancellationToken cancellationToken)
    {
        // A call to oneself passes one sidecar alone, and that names no caller. %2F arrives decoded.
        UriBuilder uri = new(new Uri($"http://{target}{held.PathAndQuery}"));
        uri.Path = Uri.UnescapeDataString(uri.Path);
        using InProcessChannel channel = new(apps, target, appApiToken);
        using HttpMessageInvoker invoker = new(channel, disposeHandler: false);
        using HttpRequestMessage attempt = held.ToAttempt(uri.Uri, caller == target ? null : caller);
        return await SendAsync(invoker, attempt, cancellationToken);
    }

    private async Task<HttpResponseMessage?> CallEndpointAsync(
        HttpEndpoint endpoint, InvocationRequest held, CancellationToken cancellationToken)
    {
        Uri uri = new(endpoint.BaseUrl.AbsoluteUri.TrimEnd('/') + held.PathAndQuery);
        using HttpRequestMessage attempt = held.ToAttempt(uri, caller: null);
        attempt.Headers.Remove(InProcessChannel.TokenHeader);
        foreach ((string name, string value) in endpoint.Headers)
        {
            attempt.Headers.Remove(name);
            attempt.Headers.TryAddWithoutValidation(name, value);
        }

        return await SendAsync(_outside, attempt, cancellationToken);
    }

    // The whole answer belongs to the attempt: a timeout covers its body too.
    private static async Task<HttpResponseMessage?> SendAsync(HttpMessageInvoker channel, HttpRequestMessage attempt, CancellationToken cancellationToken)
    {
        if (attempt.Content is { } content && content.Headers.ContentLength is null)
        {
            attempt.Headers.TransferEncodingChunked = true;
        }

        TraceContext.Inject(Activity.Current, attempt);
        HttpResponseMessage response = await channel.SendAsync(attempt, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxBodyBytes, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
