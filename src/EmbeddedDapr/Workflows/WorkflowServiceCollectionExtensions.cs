using EmbeddedDapr;
using EmbeddedDapr.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Dapr.Workflow;

/// <summary>Registers an app's workflows.</summary>
public static class WorkflowServiceCollectionExtensions
{
    /// <summary>Registers the client and the worker, with no workflows of its own.</summary>
    public static IServiceCollection AddDaprWorkflow(this IServiceCollection services) => services.AddDaprWorkflow(_ => { });

    /// <summary>
    /// Registers the app's workflows and activities, the worker that runs them while the app runs, and <see cref="DaprWorkflowClient"/>
    /// (only that class: an <see cref="IDaprWorkflowClient"/> is the app's to register).
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Registers the workflows and activities.</param>
    /// <param name="lifetime">The client's lifetime.</param>
    public static IServiceCollection AddDaprWorkflow(
        this IServiceCollection services,
        Action<WorkflowRuntimeOptions> configure,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new WorkflowRuntimeOptions();
        configure(options);
        services.AddSingleton(options);
        services.TryAddSingleton(provider => new WorkflowEngine(
            provider.GetRequiredService<EmbeddedSidecar>(), provider.GetServices<WorkflowRuntimeOptions>(), provider));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WorkflowEngine>(
            provider => provider.GetRequiredService<WorkflowEngine>()));
        services.Add(new ServiceDescriptor(
            typeof(DaprWorkflowClient), provider => new DaprWorkflowClient(provider.GetRequiredService<WorkflowEngine>()), lifetime));
        return services;
    }
}
