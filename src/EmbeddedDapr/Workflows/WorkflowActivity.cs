using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow;

/// <summary>
/// A step of a workflow that may touch the world. It is carried out at least once: after a crash in its middle it runs again, so it
/// must be idempotent. It is made in a scope of its own, with what its constructor asks the container for.
/// </summary>
/// <typeparam name="TInput">The input, which travels as JSON.</typeparam>
/// <typeparam name="TOutput">The output, which travels as JSON.</typeparam>
public abstract class WorkflowActivity<TInput, TOutput> : IWorkflowActivity
{
    Type IWorkflowActivity.InputType => typeof(TInput);

    Type IWorkflowActivity.OutputType => typeof(TOutput);

    /// <inheritdoc />
    public async Task<object?> RunAsync(WorkflowActivityContext context, object? input) => await RunAsync(context, (TInput)input!);

    /// <summary>The activity's code. An exception that leaves it fails the task, which the workflow may retry or catch.</summary>
    public abstract Task<TOutput> RunAsync(WorkflowActivityContext context, TInput input);
}
