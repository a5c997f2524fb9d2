using Dapr.Workflow;

namespace EmbeddedDapr.Workflows;

/// <summary>The failures that the runtime itself finds.</summary>
internal static class WorkflowFailure
{
    public static WorkflowTaskFailureDetails From(Exception exception) =>
        new(exception.GetType().FullName ?? exception.GetType().Name, exception.Message);

    public static WorkflowTaskFailureDetails NotRegistered(string workflow) =>
        new("WorkflowNotFound", $"Workflow '{workflow}' is not registered in this app.");

    public static WorkflowTaskFailureDetails ForeignTask(string workflow) =>
        new(
            "NonDeterministicWorkflow",
            $"Workflow '{workflow}' awaited a task that its context did not give it (a delay, I/O, Task.Run, …). Workflow code may " +
            "await only its context's activities and timers: do the rest in an activity.");

    public static WorkflowTaskFailureDetails NonDeterministic(string workflow, string difference) =>
        new(
            "NonDeterministicWorkflow",
            $"Workflow '{workflow}' took another path in its replay than in its history: {difference} Its code has changed since, " +
            "or it asked the clock, chance or the world outside an activity.");
}
