namespace EmbeddedDapr.Workflows;

/// <summary>An activity that a durable turn has asked for.</summary>
internal sealed record ActivityWork(ResidentWorkflow Workflow, HistoryEvent Scheduled);
