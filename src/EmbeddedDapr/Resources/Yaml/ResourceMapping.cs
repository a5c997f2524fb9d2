namespace EmbeddedDapr.Resources.Yaml;

internal static class ResourceMapping
{
    private static readonly string[] Types =
        ["pubsub.", "state.", "middleware.http.ratelimit", "middleware.http.opa", "secretstores.local.env"];

    public static Component ToComponent(ComponentDocument document, SecretStores secrets)
    {
        string type = document.Spec.Type;
        if (!Types.Any(known => known.EndsWith('.') ? type.StartsWith(known, StringComparison.Ordinal) : type == known))
        {
            throw new FormatException($"component type '{type}' is not known here");
        }

        Component component = new(
            document.Metadata.Name,
            type,
            document.Spec.Metadata.ToDictionary(entry => entry.Name, entry => secrets.Resolve(entry, document.Auth), StringComparer.Ordinal),
            document.Scopes);
        if (type == "middleware.http.ratelimit")
        {
            component.PositiveNumber("maxRequestsPerSecond", 100);
        }

        return component;
    }

    public static HttpEndpoint ToHttpEndpoint(HttpEndpointDocument document, SecretStores secrets)
    {
        if (!Uri.TryCreate(document.Spec.BaseUrl, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw new FormatException($"spec.baseUrl '{document.Spec.BaseUrl}' is not an absolute http or https URL");
        }

        return new HttpEndpoint(
            document.Metadata.Name,
            address,
            document.Spec.Headers.ToDictionary(
                entry => entry.Name, entry => secrets.Resolve(entry, document.Auth), StringComparer.OrdinalIgnoreCase),
            document.Scopes);
    }

    public static Subscription ToSubscription(SubscriptionDocument document)
    {
        SubscriptionSpec spec = document.Spec;
        Require(spec.Pubsubname, "spec.pubsubname");
        Require(spec.Topic, "spec.topic");
        if (spec.Routes.Default is null && spec.Routes.Rules.Count == 0)
        {
            throw new FormatException("spec.routes has neither a default nor rules");
        }

        if (spec.BulkSubscribe is { Enabled: true } bulk && (bulk.MaxMessagesCount < 1 || bulk.MaxAwaitDurationMs < 1))
        {
            throw new FormatException("spec.bulkSubscribe needs a maxMessagesCount and a maxAwaitDurationMs of at least 1");
        }

        return new Subscription(
            document.Metadata.Name,
            spec.Pubsubname,
            spec.Topic,
            [.. spec.Routes.Rules.Select(rule => new SubscriptionRule(rule.Match, rule.Path))],
            spec.Routes.Default,
            string.IsNullOrEmpty(spec.DeadLetterTopic) ? null : spec.DeadLetterTopic,
            spec.BulkSubscribe is { Enabled: true } enabled
                ? new BulkSubscribe(enabled.MaxMessagesCount, TimeSpan.FromMilliseconds(enabled.MaxAwaitDurationMs))
                : null,
            document.Scopes);
    }

    private static void Require(string value, string name)
    {
        if (value.Length == 0)
        {
            throw new FormatException($"{name} is missing");
        }
    }
}
