namespace MemoryDapr.Upkeep;

/// <summary>What is kept of a job.</summary>
public sealed record JobState
{
    /// <summary>Between the starts of two runs.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Since when it has been scheduled, UTC.</summary>
    public required DateTimeOffset ScheduledAt { get; init; }

    /// <summary>When its run that is alive began, UTC; null between two runs.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>Its last sign of life, UTC.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }

    /// <summary>When a run last ended, UTC.</summary>
    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary>What the last run that succeeded found to do.</summary>
    public Backlog Backlog { get; init; } = Backlog.None;

    /// <summary>How many runs have failed since one succeeded.</summary>
    public int Failures { get; init; }

    /// <summary>Why the last run failed; null if it succeeded.</summary>
    public string? Error { get; init; }
}
