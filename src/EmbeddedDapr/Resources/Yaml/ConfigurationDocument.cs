namespace EmbeddedDapr.Resources.Yaml;

// Only what is read of it: the rest is daprd's alone (features, tracing, secret scopes, metrics).
internal sealed class ConfigurationDocument : ResourceDocument
{
    public ConfigurationSpec Spec { get; set; } = new();
}

internal sealed class ConfigurationSpec
{
    public WorkflowSpec Workflow { get; set; } = new();
}

internal sealed class WorkflowSpec
{
    public int MaxConcurrentWorkflowInvocations { get; set; }

    public int MaxConcurrentActivityInvocations { get; set; }

    public List<ConcurrencyLimit> ActivityConcurrencyLimits { get; set; } = [];
}

internal sealed class ConcurrencyLimit
{
    public string Name { get; set; } = "";

    public int MaxConcurrent { get; set; }
}
