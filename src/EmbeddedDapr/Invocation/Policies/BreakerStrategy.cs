using Polly;
using Polly.CircuitBreaker;

namespace EmbeddedDapr.Invocation.Policies;

/// <summary>The breaker as a stage of a pipeline.</summary>
internal sealed class BreakerStrategy(string target, Breaker breaker) : ResilienceStrategy<HttpResponseMessage?>
{
    protected override async ValueTask<Outcome<HttpResponseMessage?>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage?>>> callback, ResilienceContext context, TState state)
    {
        if (breaker.Enter() is not { } generation)
        {
            PolicyInstruments.Refused(target);
            return Outcome.FromException<HttpResponseMessage?>(new BrokenCircuitException("circuit breaker is open"));
        }

        Outcome<HttpResponseMessage?> outcome = await callback(context, state);
        breaker.Leave(generation, outcome.Exception is null && !PolicyPipeline.IsFailure(outcome.Result));
        return outcome;
    }

    internal sealed class Options : ResilienceStrategyOptions;
}
