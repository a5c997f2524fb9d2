namespace EmbeddedDapr.Resources;

/// <summary>The policies that one resource puts on its targets.</summary>
internal sealed record Resiliency(
    string Name,
    IReadOnlyDictionary<string, TargetPolicy> Apps,
    IReadOnlyDictionary<string, ComponentPolicies> Components,
    IReadOnlyList<string> Scopes);

/// <summary>What is in force on one target; null is not in force.</summary>
internal sealed record TargetPolicy(TimeSpan? Timeout, RetryPolicy? Retry, BreakerPolicy? Breaker)
{
    public static readonly TargetPolicy None = new(null, null, null);
}

/// <summary>What is in force on calls to a component, and on what it delivers.</summary>
internal sealed record ComponentPolicies(TargetPolicy Outbound, TargetPolicy Inbound);

/// <summary>Repetition after a failure.</summary>
/// <param name="Exponential">Intervals grow from 500 ms by half, spread by half; else each is <paramref name="Duration"/>.</param>
/// <param name="Duration">The constant interval.</param>
/// <param name="MaxInterval">What an exponential interval grows to.</param>
/// <param name="MaxRetries">Repetitions after the first attempt; -1 never stops.</param>
/// <param name="Statuses">The HTTP statuses to repeat; null repeats every failure.</param>
internal sealed record RetryPolicy(bool Exponential, TimeSpan Duration, TimeSpan MaxInterval, int MaxRetries, StatusRanges? Statuses);

/// <summary>Refusal of calls to a target that keeps failing.</summary>
/// <param name="MaxRequests">Probes in the half-open state, and the successes that close it.</param>
/// <param name="Interval">After how long the counts start anew while closed; zero never.</param>
/// <param name="Timeout">How long it stays open before it probes.</param>
/// <param name="Trip">When it opens.</param>
internal sealed record BreakerPolicy(int MaxRequests, TimeSpan Interval, TimeSpan Timeout, TripRule Trip);
