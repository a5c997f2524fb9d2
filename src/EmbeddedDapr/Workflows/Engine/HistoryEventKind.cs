namespace EmbeddedDapr.Workflows;

/// <summary>The numbers are stored: they never change their meaning.</summary>
internal enum HistoryEventKind
{
    ActivityScheduled = 1,
    ActivityCompleted = 2,
    ActivityFailed = 3,
    TimerCreated = 4,
    TimerFired = 5,
}
