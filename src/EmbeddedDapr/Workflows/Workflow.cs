namespace Dapr.Workflow;

/// <summary>
/// A workflow: deterministic code that calls activities and timers through its context. It is run again from its beginning whenever
/// it has to be brought back, so it may ask neither clock, chance nor the world: all of that belongs in activities.
/// </summary>
/// <typeparam name="TInput">The input, which travels as JSON.</typeparam>
/// <typeparam name="TOutput">The output, which travels as JSON.</typeparam>
public abstract class Workflow<TInput, TOutput> : IWorkflow
{
    Type IWorkflow.InputType => typeof(TInput);

    Type IWorkflow.OutputType => typeof(TOutput);

    async Task<object?> IWorkflow.RunAsync(WorkflowContext context, object? input) => await RunAsync(context, (TInput)input!);

    /// <summary>The workflow's code. An exception that leaves it fails the workflow.</summary>
    public abstract Task<TOutput> RunAsync(WorkflowContext context, TInput input);
}
