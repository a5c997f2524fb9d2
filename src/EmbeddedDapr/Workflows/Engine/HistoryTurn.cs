namespace EmbeddedDapr.Workflows;

/// <summary>One stretch of the workflow's code as it is recorded: when it began, what had come in, and what it asked for.</summary>
internal sealed record HistoryTurn(DateTime StartedAt, List<HistoryEvent> Events, int Bytes);
