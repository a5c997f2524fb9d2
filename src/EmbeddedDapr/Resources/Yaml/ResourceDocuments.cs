namespace EmbeddedDapr.Resources.Yaml;

// The files' own shape: what is not a member here is an error of its file.
internal sealed class MetadataDocument
{
    public string Name { get; set; } = "";

    public string? Namespace { get; set; }

    public Dictionary<string, string>? Labels { get; set; }

    public Dictionary<string, string>? Annotations { get; set; }
}

internal class ResourceDocument
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public MetadataDocument Metadata { get; set; } = new();

    public List<string> Scopes { get; set; } = [];
}

internal sealed class ComponentDocument : ResourceDocument
{
    public ComponentSpec Spec { get; set; } = new();

    public AuthDocument? Auth { get; set; }
}

internal sealed class ComponentSpec
{
    public string Type { get; set; } = "";

    public string Version { get; set; } = "";

    public string? InitTimeout { get; set; }

    public bool IgnoreErrors { get; set; }

    public List<NameValue> Metadata { get; set; } = [];
}

internal sealed class NameValue
{
    public string Name { get; set; } = "";

    public string? Value { get; set; }

    public SecretKeyRef? SecretKeyRef { get; set; }
}

internal sealed class SecretKeyRef
{
    public string Name { get; set; } = "";

    public string? Key { get; set; }
}

internal sealed class AuthDocument
{
    public string SecretStore { get; set; } = "";
}

internal sealed class HttpEndpointDocument : ResourceDocument
{
    public HttpEndpointSpec Spec { get; set; } = new();

    public AuthDocument? Auth { get; set; }
}

internal sealed class HttpEndpointSpec
{
    public string BaseUrl { get; set; } = "";

    public List<NameValue> Headers { get; set; } = [];
}

internal sealed class SubscriptionDocument : ResourceDocument
{
    public SubscriptionSpec Spec { get; set; } = new();
}

internal sealed class SubscriptionSpec
{
    public string Pubsubname { get; set; } = "";

    public string Topic { get; set; } = "";

    public RoutesDocument Routes { get; set; } = new();

    public string? DeadLetterTopic { get; set; }

    public BulkSubscribeDocument? BulkSubscribe { get; set; }
}

internal sealed class RoutesDocument
{
    public string? Default { get; set; }

    public List<RuleDocument> Rules { get; set; } = [];
}

internal sealed class RuleDocument
{
    public string Match { get; set; } = "";

    public string Path { get; set; } = "";
}

internal sealed class BulkSubscribeDocument
{
    public bool Enabled { get; set; }

    public int MaxMessagesCount { get; set; } = 100;

    public int MaxAwaitDurationMs { get; set; } = 1000;
}

internal sealed class ResiliencyDocument : ResourceDocument
{
    public ResiliencySpec Spec { get; set; } = new();
}

internal sealed class ResiliencySpec
{
    public PoliciesDocument Policies { get; set; } = new();

    public TargetsDocument Targets { get; set; } = new();
}

internal sealed class PoliciesDocument
{
    public Dictionary<string, string> Timeouts { get; set; } = [];

    public Dictionary<string, RetryDocument> Retries { get; set; } = [];

    public Dictionary<string, BreakerDocument> CircuitBreakers { get; set; } = [];
}

internal sealed class RetryDocument
{
    public string Policy { get; set; } = "constant";

    public string Duration { get; set; } = "5s";

    public string MaxInterval { get; set; } = "60s";

    public int MaxRetries { get; set; } = -1;

    public MatchingDocument? Matching { get; set; }
}

internal sealed class MatchingDocument
{
    public string? HttpStatusCodes { get; set; }

    // Nothing here speaks gRPC between apps; daprd does.
    [YamlDotNet.Serialization.YamlMember(Alias = "gRPCStatusCodes", ApplyNamingConventions = false)]
    public string? GrpcStatusCodes { get; set; }
}

internal sealed class BreakerDocument
{
    public int MaxRequests { get; set; } = 1;

    public string Interval { get; set; } = "0s";

    public string Timeout { get; set; } = "60s";

    public string Trip { get; set; } = "consecutiveFailures > 5";
}

internal sealed class TargetsDocument
{
    public Dictionary<string, TargetDocument> Apps { get; set; } = [];

    public Dictionary<string, ComponentTargetDocument> Components { get; set; } = [];
}

internal sealed class ComponentTargetDocument
{
    public TargetDocument Outbound { get; set; } = new();

    public TargetDocument Inbound { get; set; } = new();
}

internal sealed class TargetDocument
{
    public string? Timeout { get; set; }

    public string? Retry { get; set; }

    public string? CircuitBreaker { get; set; }

    public int CircuitBreakerCacheSize { get; set; }
}
