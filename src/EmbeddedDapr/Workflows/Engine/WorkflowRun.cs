namespace EmbeddedDapr.Workflows;

/// <summary>One run of an instance as it was scheduled. Its number is unlike any other run's, also of the same instance id.</summary>
internal sealed record WorkflowRun(
    long Number,
    string InstanceId,
    string Name,
    string? Input,
    string? TraceParent,
    string? TraceState);
