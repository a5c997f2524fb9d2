namespace Dapr.Workflow;

/// <summary>A workflow as the runtime runs it; derive from <see cref="Workflow{TInput, TOutput}"/> instead of implementing it.</summary>
public interface IWorkflow
{
    /// <summary>What the input's JSON is read as.</summary>
    Type InputType { get; }

    /// <summary>What the output is.</summary>
    Type OutputType { get; }

    /// <summary>Runs the workflow from its beginning; what it has done before is answered from its history.</summary>
    Task<object?> RunAsync(WorkflowContext context, object? input);
}
