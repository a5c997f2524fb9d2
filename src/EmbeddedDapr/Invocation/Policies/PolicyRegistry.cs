using System.Collections.Concurrent;
using EmbeddedDapr.Resources;

namespace EmbeddedDapr.Invocation.Policies;

/// <summary>
/// The policies of all apps. Each app has breakers of its own, as each daprd has: one per method path of an app it calls (the last 100
/// paths), one per HTTP endpoint, one per component for both directions.
/// </summary>
internal sealed class PolicyRegistry(ResourceSet resources, TimeProvider time, Func<double> random)
{
    private const int PathsPerApp = 100;
    private static readonly ComponentPolicies NoComponentPolicies = new(TargetPolicy.None, TargetPolicy.None);
    private readonly ConcurrentDictionary<(string App, string Target), LeastRecentlyUsed<string, TargetPipelines>> _apps = new();
    private readonly ConcurrentDictionary<(string App, string Component), (PolicyPipeline Outbound, PolicyPipeline Inbound)> _components = new();

    /// <summary>The policies on calls of <paramref name="appId"/> to a path of another app.</summary>
    public TargetPipelines ForApp(string appId, string target, string path) => Paths(appId, target).Get(path);

    /// <summary>The policies on calls of <paramref name="appId"/> to an HTTP endpoint.</summary>
    public TargetPipelines ForEndpoint(string appId, string endpoint) => Paths(appId, endpoint).Get("");

    /// <summary>The policies of <paramref name="appId"/> on a component; without any, an attempt is simply made.</summary>
    public PolicyPipeline PolicyFor(string appId, string component, PolicyDirection direction)
    {
        (PolicyPipeline outbound, PolicyPipeline inbound) = _components.GetOrAdd((appId, component), MakeComponent);
        return direction == PolicyDirection.Outbound ? outbound : inbound;
    }

    private LeastRecentlyUsed<string, TargetPipelines> Paths(string appId, string target) =>
        _apps.GetOrAdd((appId, target), key => new LeastRecentlyUsed<string, TargetPipelines>(PathsPerApp, _ => MakeTarget(key.App, key.Target)));

    private TargetPipelines MakeTarget(string appId, string target)
    {
        TargetPolicy policy = Last(appId, resiliency => resiliency.Apps.GetValueOrDefault(target)) ?? TargetPolicy.None;
        string name = "app_" + target;
        Breaker? breaker = policy.Breaker is null ? null : new Breaker(name, policy.Breaker, time);
        return new TargetPipelines(
            new PolicyPipeline(name, policy, breaker, time, random),
            new PolicyPipeline(name, policy with { Retry = null }, breaker, time, random));
    }

    private (PolicyPipeline Outbound, PolicyPipeline Inbound) MakeComponent((string App, string Component) key)
    {
        ComponentPolicies policies =
            Last(key.App, resiliency => resiliency.Components.GetValueOrDefault(key.Component)) ?? NoComponentPolicies;
        BreakerPolicy? template = policies.Outbound.Breaker ?? policies.Inbound.Breaker;
        Breaker? breaker = template is null ? null : new Breaker(key.Component, template, time);
        return (Make(policies.Outbound), Make(policies.Inbound));

        PolicyPipeline Make(TargetPolicy policy) =>
            new(key.Component, policy, policy.Breaker is null ? null : breaker, time, random);
    }

    // The resource read last wins.
    private T? Last<T>(string appId, Func<Resiliency, T?> find)
        where T : class =>
        resources.Resiliencies.Where(resiliency => ResourceSet.IsFor(resiliency.Scopes, appId)).Select(find).LastOrDefault(found => found is not null);
}
