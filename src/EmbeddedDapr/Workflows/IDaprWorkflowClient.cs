using Dapr.Common;

namespace Dapr.Workflow;

/// <summary>Schedules this app's workflows and asks after them.</summary>
public interface IDaprWorkflowClient : IDaprClient, IAsyncDisposable
{
    /// <inheritdoc cref="ScheduleNewWorkflowAsync(string, string?, object?, DateTimeOffset?, CancellationToken)" />
    Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId = null, object? input = null);

    /// <inheritdoc cref="ScheduleNewWorkflowAsync(string, string?, object?, DateTimeOffset?, CancellationToken)" />
    Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId, object? input, DateTime? startTime);

    /// <summary>
    /// Schedules an instance. Without <paramref name="startTime"/> it returns when the instance has started, with one as soon as the
    /// instance is durably recorded. An id whose instance has ended is used again: what was is forgotten and it runs anew.
    /// </summary>
    /// <returns>The instance's id.</returns>
    /// <exception cref="Grpc.Core.RpcException">
    /// <c>AlreadyExists</c>: an instance with this id is active. <c>InvalidArgument</c>: the id holds one of <c>/ \ # ?</c>.
    /// </exception>
    Task<string> ScheduleNewWorkflowAsync(
        string name, string? instanceId, object? input, DateTimeOffset? startTime, CancellationToken cancellation = default);

    /// <summary>The instance as it is now; <see cref="WorkflowState.Exists"/> is false when there is none.</summary>
    Task<WorkflowState> GetWorkflowStateAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default);

    /// <summary>Waits until the instance has started; at once when it has already, or has ended.</summary>
    /// <exception cref="InvalidOperationException">There is no such instance.</exception>
    Task<WorkflowState> WaitForWorkflowStartAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default);

    /// <summary>Waits until the instance has ended; at once when it has already.</summary>
    /// <exception cref="InvalidOperationException">There is no such instance.</exception>
    Task<WorkflowState> WaitForWorkflowCompletionAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default);

    /// <summary>Ends an active instance; the result of an activity that still runs is dropped. One that has ended stays as it is.</summary>
    /// <exception cref="Grpc.Core.RpcException"><c>NotFound</c>: there is no such instance.</exception>
    Task TerminateWorkflowAsync(string instanceId, object? output = null, CancellationToken cancellation = default);

    /// <summary>Forgets an instance that has ended.</summary>
    /// <returns>Whether it was forgotten: false when there is none or it is still active.</returns>
    Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default);
}
