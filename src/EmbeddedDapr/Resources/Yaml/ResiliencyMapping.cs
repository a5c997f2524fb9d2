namespace EmbeddedDapr.Resources.Yaml;

internal static class ResiliencyMapping
{
    public static Resiliency ToResiliency(ResiliencyDocument document)
    {
        PoliciesDocument policies = document.Spec.Policies;
        string? ambient = policies.Timeouts.Keys.Concat(policies.Retries.Keys).Concat(policies.CircuitBreakers.Keys)
            .FirstOrDefault(name => name.StartsWith("Default", StringComparison.Ordinal));
        if (ambient is not null)
        {
            throw new FormatException($"policy '{ambient}': a name with Default acts on targets that nobody names, Dapr's own among them");
        }

        Dictionary<string, TimeSpan> timeouts = policies.Timeouts.ToDictionary(entry => entry.Key, entry => GoDuration.Parse(entry.Value));
        Dictionary<string, RetryPolicy> retries = policies.Retries.ToDictionary(entry => entry.Key, entry => ToRetry(entry.Key, entry.Value));
        Dictionary<string, BreakerPolicy> breakers =
            policies.CircuitBreakers.ToDictionary(entry => entry.Key, entry => ToBreaker(entry.Key, entry.Value));

        TargetPolicy Target(TargetDocument target) => new(
            target.Timeout is null ? null : Named(timeouts, target.Timeout, "timeout"),
            target.Retry is null ? null : Named(retries, target.Retry, "retry"),
            target.CircuitBreaker is null ? null : Named(breakers, target.CircuitBreaker, "circuit breaker"));

        return new Resiliency(
            document.Metadata.Name,
            document.Spec.Targets.Apps.ToDictionary(entry => entry.Key, entry => Target(entry.Value)),
            document.Spec.Targets.Components.ToDictionary(
                entry => entry.Key, entry => new ComponentPolicies(Target(entry.Value.Outbound), Target(entry.Value.Inbound))),
            document.Scopes);
    }

    private static T Named<T>(Dictionary<string, T> policies, string name, string kind) =>
        policies.TryGetValue(name, out T? policy) ? policy : throw new FormatException($"there is no {kind} policy '{name}'");

    private static RetryPolicy ToRetry(string name, RetryDocument document)
    {
        if (document.Policy is not ("constant" or "exponential"))
        {
            throw new FormatException($"retry '{name}': policy '{document.Policy}' is neither constant nor exponential");
        }

        if (document.MaxRetries < -1)
        {
            throw new FormatException($"retry '{name}': maxRetries {document.MaxRetries} is below -1");
        }

        string? statuses = document.Matching?.HttpStatusCodes;
        return new RetryPolicy(
            document.Policy == "exponential",
            GoDuration.Parse(document.Duration),
            GoDuration.Parse(document.MaxInterval),
            document.MaxRetries,
            string.IsNullOrWhiteSpace(statuses) ? null : StatusRanges.Parse(statuses));
    }

    private static BreakerPolicy ToBreaker(string name, BreakerDocument document) => document.MaxRequests < 1
        ? throw new FormatException($"circuit breaker '{name}': maxRequests {document.MaxRequests} is below 1")
        : new BreakerPolicy(
            document.MaxRequests,
            GoDuration.Parse(document.Interval),
            GoDuration.Parse(document.Timeout),
            TripRule.Parse(document.Trip));
}
