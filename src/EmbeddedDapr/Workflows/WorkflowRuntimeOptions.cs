using Dapr.Workflow.Abstractions;
using EmbeddedDapr.Workflows;

namespace Dapr.Workflow;

/// <summary>The workflows and activities that an app runs. The first registration of a name counts; its case does not matter.</summary>
public sealed class WorkflowRuntimeOptions
{
    internal WorkflowRegistry Registry { get; } = new();

    /// <summary>Registers a workflow that is a function.</summary>
    public void RegisterWorkflow<TInput, TOutput>(string name, Func<WorkflowContext, TInput, Task<TOutput>> implementation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(implementation);
        Registry.AddWorkflow(name, _ => new FunctionWorkflow<TInput, TOutput>(implementation));
    }

    /// <summary>Registers a workflow class, under its own name unless another is given.</summary>
    public void RegisterWorkflow<TWorkflow>(string? name = null)
        where TWorkflow : class, IWorkflow =>
        Registry.AddWorkflow<TWorkflow>(name ?? typeof(TWorkflow).Name);

    /// <summary>Registers an activity that is a function.</summary>
    public void RegisterActivity<TInput, TOutput>(string name, Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(implementation);
        Registry.AddActivity(name, _ => new FunctionActivity<TInput, TOutput>(implementation));
    }

    /// <summary>Registers an activity class, under its own name unless another is given.</summary>
    public void RegisterActivity<TActivity>(string? name = null)
        where TActivity : class, IWorkflowActivity =>
        Registry.AddActivity<TActivity>(name ?? typeof(TActivity).Name);
}
