using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Invocation;

internal sealed partial class InProcessApplication<TContext>(IHttpApplication<TContext> application, ILogger logger) : IInProcessApplication
    where TContext : notnull
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _aborted = new();
    private int _running;
    private bool _stopping;

    public bool TryServe(InProcessExchange exchange)
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return false;
            }

            _running++;
        }

        // The caller's ambient context ends here, as it would at a socket: the app would otherwise overwrite the caller's HttpContext.
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Application.ServeAsync(state.Exchange), (Application: this, Exchange: exchange), false);
        return true;
    }

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _stopping = true;
            if (_running == 0)
            {
                _drained.TrySetResult();
            }
        }

        try
        {
            await _drained.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await _aborted.CancelAsync();
        }
    }

    public void Dispose() => _aborted.Dispose();

    private async Task ServeAsync(InProcessExchange exchange)
    {
        using CancellationTokenRegistration abort = _aborted.Token.Register(exchange.Abort);
        try
        {
            await RunAsync(exchange);
        }
#pragma warning disable CA1031 // As at a socket: whatever the app throws becomes the caller's 500 or a broken body, never the caller's exception.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (exchange.RequestAborted.IsCancellationRequested)
            {
                LogAborted(logger, exchange.TraceIdentifier);
            }
            else
            {
                LogFailed(logger, exchange.TraceIdentifier, exception);
            }

            await exchange.FailAsync(exception);
        }
        finally
        {
            exchange.Dispose();
            lock (_gate)
            {
                if (--_running == 0 && _stopping)
                {
                    _drained.TrySetResult();
                }
            }
        }
    }

    private async Task RunAsync(InProcessExchange exchange)
    {
        TContext context = application.CreateContext(exchange.Features);
        Exception? failure = null;
        try
        {
            await application.ProcessRequestAsync(context);
            await exchange.CompleteAsync();
        }
        catch (Exception exception)
        {
            failure = exception;
            // The status stands before the context goes: its disposal reports the request to logs, metrics and spans.
            await exchange.FailAsync(exception);
            throw;
        }
        finally
        {
            await exchange.RunCompletedCallbacksAsync();
            application.DisposeContext(context, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "In-process request {TraceIdentifier} was aborted by its caller")]
    private static partial void LogAborted(ILogger logger, string traceIdentifier);

    [LoggerMessage(Level = LogLevel.Error, Message = "In-process request {TraceIdentifier} failed with an unhandled exception")]
    private static partial void LogFailed(ILogger logger, string traceIdentifier, Exception exception);
}
