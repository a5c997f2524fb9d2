using Dapr.Workflow;
using Dapr.Workflow.Abstractions;

namespace EmbeddedDapr.Workflows;

internal sealed class FunctionActivity<TInput, TOutput>(Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation)
    : IWorkflowActivity
{
    public Type InputType => typeof(TInput);

    public Type OutputType => typeof(TOutput);

    public async Task<object?> RunAsync(WorkflowActivityContext context, object? input) => await implementation(context, (TInput)input!);
}
