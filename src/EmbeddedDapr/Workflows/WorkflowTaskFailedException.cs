namespace Dapr.Workflow;

/// <summary>An activity failed; thrown where the workflow awaits it.</summary>
/// <param name="message">What failed.</param>
/// <param name="failureDetails">The failure as the activity's side told it.</param>
public class WorkflowTaskFailedException(string message, WorkflowTaskFailureDetails failureDetails) : Exception(message)
{
    /// <summary>The failure as the activity's side told it.</summary>
    public WorkflowTaskFailureDetails FailureDetails { get; } = failureDetails ?? throw new ArgumentNullException(nameof(failureDetails));
}
