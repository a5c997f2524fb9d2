using Dapr.Actors;
using Dapr.Actors.Client;

namespace EmbeddedDapr.Actors;

/// <summary>The caller's side of a call: payloads, how long to wait, and what a failure looks like from there.</summary>
internal sealed class ActorCaller(ActorDirectory directory, ActorId actorId, string actorType, ActorProxyOptions options, TimeProvider time)
{
    /// <summary>What HttpClient waits, which the official proxies call with.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(100);

    public Task Call(ActorMethod method, object?[] arguments)
    {
        CancellationToken cancellationToken = method.TakesToken ? (CancellationToken)arguments[^1]! : default;
        return method.ReadResult(SendAsync(method, arguments, cancellationToken), options.JsonSerializerOptions);
    }

    private async Task<byte[]> SendAsync(ActorMethod method, object?[] arguments, CancellationToken cancellationToken)
    {
        byte[] payload = method.WriteArguments(arguments, options.JsonSerializerOptions);
        TimeSpan timeout = options.RequestTimeout ?? DefaultTimeout;
        using var expired = new CancellationTokenSource(timeout, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(expired.Token, cancellationToken);
        try
        {
            return await directory.Find(actorType).InvokeAsync(actorId, method, payload, giveUp.Token).WaitAsync(giveUp.Token);
        }
        catch (OperationCanceledException) when (expired.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var cause = new TimeoutException($"The actor did not answer within {timeout}.");
            throw new TaskCanceledException(cause.Message, cause);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new TaskCanceledException("The caller gave up.", null, cancellationToken);
        }
        catch (ActorTurnException failure)
        {
            Exception thrown = failure.InnerException!;
            string type = thrown.GetType().FullName!;
            throw new ActorMethodInvocationException(
                $"Remote Actor Method Exception, DETAILS: Exception: {thrown.GetType().Name}, Method Name: {method.Name}",
                new ActorInvokeException(type, thrown.Message),
                isTransient: false);
        }
    }
}
