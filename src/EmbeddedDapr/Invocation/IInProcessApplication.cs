namespace EmbeddedDapr.Invocation;

/// <summary>A started app that serves requests without a socket.</summary>
internal interface IInProcessApplication : IDisposable
{
    /// <summary>
    /// Runs one request through the app's pipeline. The outcome, also a failure, is in the exchange; this never throws.
    /// False: the app is stopping and did not look at the request.
    /// </summary>
    bool TryServe(InProcessExchange exchange);

    /// <summary>Takes no new request, waits for the running ones, and aborts what is left when <paramref name="cancellationToken"/> fires.</summary>
    Task DrainAsync(CancellationToken cancellationToken);
}
