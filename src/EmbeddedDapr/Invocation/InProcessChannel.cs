using System.Diagnostics;

namespace EmbeddedDapr.Invocation;

/// <summary>
/// The way from the runtime to an app, as from daprd to the app's port: no policies, the app's token on every request. It fails as a
/// refused connection does while the app is not up.
/// </summary>
internal sealed class InProcessChannel(AppRegistry apps, string appId, string? appApiToken) : HttpMessageHandler
{
    public const string TokenHeader = "dapr-api-token";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        IInProcessApplication application = apps.Find(appId) ?? throw Refused();
        if (appApiToken is not null)
        {
            request.Headers.Remove(TokenHeader);
            request.Headers.Add(TokenHeader, appApiToken);
        }

        TraceContext.Inject(Activity.Current, request);
#pragma warning disable CA2000 // The app disposes of the exchange that it took.
        InProcessExchange exchange = await InProcessExchange.CreateAsync(request, cancellationToken);
#pragma warning restore CA2000
        if (!application.TryServe(exchange))
        {
            exchange.Dispose();
            throw Refused();
        }

        try
        {
            return await exchange.Response.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            exchange.Abort();
            throw;
        }
    }

    private HttpRequestException Refused() =>
        new(HttpRequestError.ConnectionError, $"connection refused: the app '{appId}' is not up");
}
