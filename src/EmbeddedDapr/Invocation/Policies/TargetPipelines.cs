namespace EmbeddedDapr.Invocation.Policies;

/// <summary>A target's policies, with retries and, for requests of unknown length, without: such a body cannot be sent again.</summary>
internal sealed record TargetPipelines(PolicyPipeline Repeatable, PolicyPipeline Once);
