using Dapr.Workflow;
using Dapr.Workflow.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedDapr.Workflows;

/// <summary>How workflows and activities are made, by name.</summary>
internal sealed class WorkflowRegistry
{
    private readonly Dictionary<string, Func<IServiceProvider, IWorkflow>> _workflows = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<IServiceProvider, IWorkflowActivity>> _activities = new(StringComparer.OrdinalIgnoreCase);

    public void AddWorkflow(string name, Func<IServiceProvider, IWorkflow> create) => _workflows.TryAdd(name, create);

    public void AddWorkflow<TWorkflow>(string name)
        where TWorkflow : class, IWorkflow =>
        AddWorkflow(name, Factory<IWorkflow, TWorkflow>());

    public void AddActivity(string name, Func<IServiceProvider, IWorkflowActivity> create) => _activities.TryAdd(name, create);

    public void AddActivity<TActivity>(string name)
        where TActivity : class, IWorkflowActivity =>
        AddActivity(name, Factory<IWorkflowActivity, TActivity>());

    public void Add(WorkflowRegistry other)
    {
        foreach ((string name, Func<IServiceProvider, IWorkflow> create) in other._workflows)
            AddWorkflow(name, create);

        foreach ((string name, Func<IServiceProvider, IWorkflowActivity> create) in other._activities)
            AddActivity(name, create);
    }

    /// <summary>A new workflow object, or null when the name is not registered.</summary>
    public IWorkflow? CreateWorkflow(string name, IServiceProvider services) => _workflows.GetValueOrDefault(name)?.Invoke(services);

    /// <summary>A new activity object, or null when the name is not registered.</summary>
    public IWorkflowActivity? CreateActivity(string name, IServiceProvider services) => _activities.GetValueOrDefault(name)?.Invoke(services);

    private static Func<IServiceProvider, TService> Factory<TService, TImplementation>()
        where TImplementation : class, TService
    {
        // The constructor is looked up once and not at every task.
        var factory = new Lazy<ObjectFactory<TImplementation>>(() => ActivatorUtilities.CreateFactory<TImplementation>([]));
        return services => factory.Value(services, null);
    }
}
