namespace Dapr.Workflow;

/// <summary>What a workflow's code may know of its own run.</summary>
public interface IWorkflowContext
{
    /// <summary>Whether the code that runs now has run before and is answered from the history.</summary>
    bool IsReplaying { get; }

    /// <summary>The time, the same one in every replay: it stands still between two awaits.</summary>
    DateTime CurrentUtcDateTime { get; }
}
