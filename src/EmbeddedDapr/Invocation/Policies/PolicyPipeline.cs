using EmbeddedDapr.Resources;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace EmbeddedDapr.Invocation.Policies;

/// <summary>One target's policies in daprd's order: retry(circuit breaker(timeout(attempt))).</summary>
internal sealed class PolicyPipeline
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxElapsed = TimeSpan.FromMinutes(15);
    private static readonly ResiliencePropertyKey<long> Started = new("EmbeddedDapr.Started");
    private readonly ResiliencePipeline<HttpResponseMessage?> _pipeline;
    private readonly TimeProvider _time;

    public PolicyPipeline(string target, TargetPolicy policy, Breaker? breaker, TimeProvider time, Func<double> random)
    {
        _time = time;
        ResiliencePipelineBuilder<HttpResponseMessage?> builder = new() { TimeProvider = time };
        if (policy.Retry is { MaxRetries: not 0 } retry)
        {
            builder.AddRetry(RetryOptions(target, retry, random));
        }

        if (breaker is not null)
        {
            builder.AddStrategy(_ => new BreakerStrategy(target, breaker), new BreakerStrategy.Options());
        }

        if (policy.Timeout is { } timeout)
        {
            builder.AddTimeout(new TimeoutStrategyOptions
            {
                Timeout = timeout,
                OnTimeout = _ =>
                {
                    PolicyInstruments.TimedOut(target);
                    return ValueTask.CompletedTask;
                },
            });
        }

        _pipeline = builder.Build();
    }

    /// <summary>Any status outside 2xx and 3xx.</summary>
    public static bool IsFailure(HttpResponseMessage? response) => response is not null && (int)response.StatusCode is < 200 or >= 400;

    /// <summary>Runs the attempt until it succeeds or the policies give up; then the last attempt's answer or exception comes back.</summary>
    public async Task<HttpResponseMessage?> ExecuteAsync(
        Func<CancellationToken, Task<HttpResponseMessage?>> attempt, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Started, _time.GetTimestamp());
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, attempt) => await attempt(context.CancellationToken), context, attempt);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Runs an attempt that fails by throwing.</summary>
    public Task ExecuteAsync(Func<CancellationToken, Task> attempt, CancellationToken cancellationToken) => ExecuteAsync(
        async token =>
        {
            await attempt(token);
            return null;
        },
        cancellationToken);

    private RetryStrategyOptions<HttpResponseMessage?> RetryOptions(string target, RetryPolicy retry, Func<double> random) => new()
    {
        MaxRetryAttempts = retry.MaxRetries < 0 ? int.MaxValue : retry.MaxRetries,
        ShouldHandle = arguments => ValueTask.FromResult(
            IsRepeatable(retry, arguments.Outcome, arguments.Context.CancellationToken) && HasTime(retry, arguments)),
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(
            retry.Exponential ? Interval(retry, arguments.AttemptNumber) * (0.5 + random()) : retry.Duration),
        OnRetry = _ =>
        {
            PolicyInstruments.Retried(target);
            return ValueTask.CompletedTask;
        },
    };

    private bool HasTime(RetryPolicy retry, RetryPredicateArguments<HttpResponseMessage?> arguments) =>
        !retry.Exponential
        || _time.GetElapsedTime(arguments.Context.Properties.GetValue(Started, 0)) + Interval(retry, arguments.AttemptNumber) <= MaxElapsed;

    private static TimeSpan Interval(RetryPolicy retry, int attempt)
    {
        double grown = FirstInterval.TotalMilliseconds * Math.Pow(1.5, Math.Min(attempt, 50));
        return TimeSpan.FromMilliseconds(Math.Min(grown, retry.MaxInterval.TotalMilliseconds));
    }

    private static bool IsRepeatable(RetryPolicy retry, Outcome<HttpResponseMessage?> outcome, CancellationToken cancellationToken) =>
        outcome.Exception switch
        {
            null => IsFailure(outcome.Result) && IsListed(retry, (int)outcome.Result!.StatusCode),
            BrokenCircuitException => false,
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => false,
            HttpRequestException { StatusCode: { } status } => IsListed(retry, (int)status),
            _ => !cancellationToken.IsCancellationRequested,
        };

    private static bool IsListed(RetryPolicy retry, int status) => retry.Statuses?.Contains(status) ?? true;
}
