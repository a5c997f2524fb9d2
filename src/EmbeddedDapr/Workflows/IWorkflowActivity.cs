namespace Dapr.Workflow.Abstractions;

/// <summary>An activity as the runtime runs it; derive from <see cref="WorkflowActivity{TInput, TOutput}"/> instead of implementing it.</summary>
public interface IWorkflowActivity
{
    /// <summary>What the input's JSON is read as.</summary>
    Type InputType { get; }

    /// <summary>What the output is.</summary>
    Type OutputType { get; }

    /// <summary>Carries the activity out.</summary>
    Task<object?> RunAsync(WorkflowActivityContext context, object? input);
}
