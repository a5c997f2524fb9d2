namespace EmbeddedDapr.Resources;

/// <summary>Everything that was declared in the resources' folder.</summary>
internal sealed record ResourceSet(
    IReadOnlyList<Component> Components,
    IReadOnlyList<Subscription> Subscriptions,
    IReadOnlyList<HttpEndpoint> HttpEndpoints,
    IReadOnlyList<Resiliency> Resiliencies,
    IReadOnlyList<AppConfiguration> Configurations)
{
    /// <summary>Whether a resource with these scopes is there for the app: with none it is there for all.</summary>
    public static bool IsFor(IReadOnlyList<string> scopes, string appId) => scopes.Count == 0 || scopes.Contains(appId);

    public IEnumerable<Subscription> SubscriptionsOf(string appId) => Subscriptions.Where(subscription => IsFor(subscription.Scopes, appId));

    /// <summary>The limits of an app's workflows; without a Configuration of its name the SDK's own.</summary>
    public WorkflowLimits WorkflowLimitsOf(string appId) =>
        Configurations.FirstOrDefault(configuration => configuration.AppId == appId)?.Workflow ?? WorkflowLimits.None;

    public Component? FindComponent(string type, string appId) =>
        Components.FirstOrDefault(component => component.Type == type && IsFor(component.Scopes, appId));
}
