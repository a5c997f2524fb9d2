namespace EmbeddedDapr.Resources.Yaml;

internal static class ConfigurationMapping
{
    public static AppConfiguration ToConfiguration(ConfigurationDocument document)
    {
        WorkflowSpec workflow = document.Spec.Workflow;
        ConcurrencyLimit? wrong = workflow.ActivityConcurrencyLimits.FirstOrDefault(limit => limit.Name.Length == 0 || limit.MaxConcurrent < 1);
        if (wrong is not null)
        {
            throw new FormatException($"spec.workflow.activityConcurrencyLimits: '{wrong.Name}' needs a name and a maxConcurrent of at least 1");
        }

        string? twice = workflow.ActivityConcurrencyLimits.GroupBy(limit => limit.Name).FirstOrDefault(limits => limits.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new FormatException($"spec.workflow.activityConcurrencyLimits: '{twice}' is there more than once");
        }

        return new AppConfiguration(
            document.Metadata.Name,
            new WorkflowLimits(
                Bounded(workflow.MaxConcurrentWorkflowInvocations),
                Bounded(workflow.MaxConcurrentActivityInvocations),
                workflow.ActivityConcurrencyLimits.ToDictionary(limit => limit.Name, limit => limit.MaxConcurrent, StringComparer.Ordinal)));
    }

    // As in daprd, what is not there or not positive is no limit; the SDK's own stands.
    private static int Bounded(int limit) => limit < 1 ? WorkflowLimits.OfSdk : Math.Min(limit, WorkflowLimits.OfSdk);
}
