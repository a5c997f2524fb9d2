using Microsoft.Extensions.Logging;

namespace Dapr.Workflow;

/// <summary>A workflow's only way to the world: activities, timers, the time and ids, all of them the same in every replay.</summary>
public abstract class WorkflowContext : IWorkflowContext
{
    /// <summary>The name under which the workflow was scheduled.</summary>
    public abstract string Name { get; }

    /// <summary>The instance's id.</summary>
    public abstract string InstanceId { get; }

    /// <inheritdoc />
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <inheritdoc />
    public abstract bool IsReplaying { get; }

    /// <summary>Has an activity carried out; its result is dropped.</summary>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, at its last attempt if it has a retry policy.</exception>
    public virtual Task CallActivityAsync(string name, object? input = null, WorkflowTaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    /// <summary>Has an activity carried out and answers its result.</summary>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, at its last attempt if it has a retry policy.</exception>
    public abstract Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null);

    /// <summary>A durable timer, counted from <see cref="CurrentUtcDateTime"/>.</summary>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken = default) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>A durable timer that fires at <paramref name="fireAt"/> (UTC), or at once when that has passed.</summary>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Sets what <see cref="WorkflowState.ReadCustomStatusAs{T}"/> answers, from this turn's end on.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>A logger that is silent while the code replays.</summary>
    public abstract ILogger CreateReplaySafeLogger(string categoryName);

    /// <inheritdoc cref="CreateReplaySafeLogger(string)" />
    public abstract ILogger CreateReplaySafeLogger(Type type);

    /// <inheritdoc cref="CreateReplaySafeLogger(string)" />
    public abstract ILogger CreateReplaySafeLogger<T>();

    /// <summary>An id that is the same in every replay and unlike any other of this or another run.</summary>
    public abstract Guid NewGuid();
}
