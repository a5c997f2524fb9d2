namespace Dapr.Workflow;

/// <summary>Where a workflow instance stands.</summary>
public enum WorkflowRuntimeStatus
{
    /// <summary>There is none, or it is not known.</summary>
    Unknown = -1,

    /// <summary>It has started.</summary>
    Running = 0,

    /// <summary>It has ended with an output.</summary>
    Completed = 1,

    /// <summary>It was started again with a new input.</summary>
    ContinuedAsNew = 2,

    /// <summary>It has ended with a failure.</summary>
    Failed = 3,

    /// <summary>It was cancelled.</summary>
    Canceled = 4,

    /// <summary>It was ended from outside.</summary>
    Terminated = 5,

    /// <summary>It waits for its start.</summary>
    Pending = 6,

    /// <summary>It is paused.</summary>
    Suspended = 7,

    /// <summary>It cannot go on, for example because its history is too large.</summary>
    Stalled = 8,
}
