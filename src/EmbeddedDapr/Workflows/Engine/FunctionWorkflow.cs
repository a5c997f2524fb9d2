using Dapr.Workflow;

namespace EmbeddedDapr.Workflows;

internal sealed class FunctionWorkflow<TInput, TOutput>(Func<WorkflowContext, TInput, Task<TOutput>> implementation) : IWorkflow
{
    public Type InputType => typeof(TInput);

    public Type OutputType => typeof(TOutput);

    public async Task<object?> RunAsync(WorkflowContext context, object? input) => await implementation(context, (TInput)input!);
}
